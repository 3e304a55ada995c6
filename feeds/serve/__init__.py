"""The processes of `feeds serve`: which there are, what each does, and how they end together.

    supervisor   owns the port; starts the others, restarts them where they fail, ends them (`supervision`)
    ingester     one: watches seeds and settings, ingests, renders, fills the pack (`ingestion`, `watching`); answers
                 /healthz and /metrics (`listener`, `operation`, `metrics`, `state`)
    workers      answer readers; each follows the library, and knows of no other process (`worker`)

What all of them use: `run_folder` (where servers leave their counts), `settings` (which of them a running server
follows), `logs`. Each ends with its parent (`feeds.workers`). The library is all that ingester and workers share: what
it holds after a transaction is what is served.
"""
