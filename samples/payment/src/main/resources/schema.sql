CREATE TABLE product (
    id          BIGINT PRIMARY KEY,
    name        VARCHAR(100) NOT NULL,
    price_cents BIGINT NOT NULL
);

CREATE TABLE orders (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id   BIGINT NOT NULL REFERENCES product (id),
    quantity     INT NOT NULL,
    amount_cents BIGINT NOT NULL,
    status       VARCHAR(20) NOT NULL
);
