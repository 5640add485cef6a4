CREATE TABLE IF NOT EXISTS processed_order (
    id       BIGINT PRIMARY KEY,
    item     VARCHAR(100) NOT NULL,
    quantity INT NOT NULL,
    times    INT NOT NULL
);
