-- key: tokid#
-- The token types of the default parser.
SELECT t.tokid, t.alias FROM ts_token_type('default') t WHERE 3722 BETWEEN {bounds}
