CREATE FUNCTION touch_updated_at() RETURNS trigger AS $$
BEGIN
    NEW."updatedAt" := now();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER articles_touch BEFORE UPDATE ON "articles" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
