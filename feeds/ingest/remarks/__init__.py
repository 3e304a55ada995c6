"""What a run remarks though it stops nothing.

files         those whose article has its text from another one, and those that say a name which shares a feed
categories    empty ones, and addresses whose readers are not redirected
rules         those that name what no article has
clock         one that is far behind the ledger
"""
