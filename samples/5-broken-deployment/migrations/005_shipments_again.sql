-- 004 stopped half way on the server and was run once more from a copy.
CREATE TABLE shipments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders (id),
    shipped_at timestamptz,
    carrier text
);

CREATE INDEX IF NOT EXISTS shipments_order_id_idx ON shipments (order_id);
