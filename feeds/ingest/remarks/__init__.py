"""What a run remarks though it stops nothing.

folded        files whose article has its text from another one, under another headline
namesakes     names that share one feed, though they are not one name
categories    empty ones, and addresses whose readers are not redirected
rules         those that name what no article has
clock         one that is far behind the ledger
"""
