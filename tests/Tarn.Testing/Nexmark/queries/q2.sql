-- Bids for some auctions.
-- view
SELECT auction, price FROM bid WHERE auction % 123 = 0
