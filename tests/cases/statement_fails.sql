-- What fails, what follows from it, and what was probably meant.
CREATE TABLE orders (id bigint PRIMARY KEY, total_amount numeric);
--~^ NOTE run-once-only 42P07
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES order_s (id));
--~^ ERROR statement-fails 42P01
CREATE INDEX payments_order_id_idx ON payments (order_id);
--~^ NOTE statement-fails 42P01
ALTER TABLE orders DROP COLUMN total_amount;
--~^ NOTE run-once-only 42703
CREATE INDEX orders_total_idx ON orders (total_amount);
--~^ ERROR statement-fails 42703
