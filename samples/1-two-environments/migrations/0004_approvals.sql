ALTER TABLE invoices
    ADD COLUMN approved_by uuid,
    ADD COLUMN approved_at timestamptz,
    ADD CONSTRAINT invoices_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES users (id);
