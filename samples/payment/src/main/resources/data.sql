INSERT INTO product (id, name, price_cents) VALUES
    (1, 'coffee beans', 1290),
    (2, 'coffee grinder', 8900),
    (3, 'espresso machine', 74900);
