ALTER TABLE invoices ADD COLUMN notes text;
CREATE INDEX invoices_state_idx ON invoices (state) WHERE state <> 'paid';
