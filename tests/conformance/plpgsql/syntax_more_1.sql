DO $$ BEGIN x := 1; END $$;
--= 42601 @13 "x" is not a known variable
DO $$ BEGIN IF true THEN END $$;
--= 42601 @30 syntax error at end of input
DO $$ BEGIN IF true RAISE EXCEPTION 'x'; END IF; END $$;
--= 42601 @40 missing "THEN" at end of SQL expression
DO $$ DECLARE x int BEGIN END $$;
--= 42601 @31 incomplete data type declaration at end of input
DO $$ BEGIN LOOP END; END $$;
--= 42601 @21 syntax error at or near ";"
DO $$ BEGIN FOR i IN 1..3 DO END LOOP; END $$;
--= [-13] 42601 @27 syntax error at or near "DO"
--= [14-] 42601 @30 syntax error at or near "END"
DO $$ BEGIN RAISE EXCEPTION '%'; END $$;
--= 42601 too few parameters specified for RAISE
DO $$ BEGIN RAISE EXCEPTION 'a', 1; END $$;
--= 42601 too many parameters specified for RAISE
DO $$ BEGIN RAISE foo 'a'; END $$;
--= 42704 unrecognized exception condition "foo"
DO $$ BEGIN RAISE EXCEPTION 'a' USING foo = 1; END $$;
--= 42601 @39 unrecognized RAISE statement option at or near "foo"
DO $$ BEGIN EXIT; END $$;
--= 42601 @13 EXIT cannot be used outside a loop, unless it has a label
DO $$ BEGIN CONTINUE WHEN true; END $$;
--= 42601 @13 CONTINUE cannot be used outside a loop
DO $$ BEGIN LOOP EXIT lbl; END LOOP; END $$;
--= 42601 @23 there is no label "lbl" attached to any block or loop enclosing this statement
DO $$ BEGIN <<a>> LOOP EXIT a; END LOOP b; END $$;
--= 42601 @41 end label "b" differs from block's label "a"
DO $$ <<a>> BEGIN NULL; END b $$;
--= 42601 @29 end label "b" differs from block's label "a"
DO $$ BEGIN RETURN 1; END $$;
--= 42804 @20 RETURN cannot have a parameter in function returning void
DO $$ BEGIN RETURN NEXT 1; END $$;
--= 42804 @13 cannot use RETURN NEXT in a non-SETOF function
