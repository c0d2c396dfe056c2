namespace Tarn.Sql.Functions;

/// <summary>Strings.</summary>
internal static class TextFunctions
{
    /// <summary>White space that Trino's trim removes.</summary>
    private const string Blanks = @"E' \t\n\r\f\v'";

    private const string NoDelimiter = "{!INVALID_FUNCTION_ARGUMENT: The delimiter may not be the empty string}";
    private const string NoPadding = "{!INVALID_FUNCTION_ARGUMENT: Padding string must not be empty}";
    private const string NoLength =
        "{!INVALID_FUNCTION_ARGUMENT: Target length must be in the range [0..2147483647]}";

    public const string Rows = $$"""
        lower(varchar) varchar => lower({0})
        upper(varchar) varchar => upper({0})
        length(varchar) bigint => length({0})
        reverse(varchar) varchar => tarn_reverse({0})
        reverse(array(T)) array(T) => list_reverse({0})
        trim(varchar) varchar => trim({0}, {{Blanks}})
        ltrim(varchar) varchar => ltrim({0}, {{Blanks}})
        rtrim(varchar) varchar => rtrim({0}, {{Blanks}})
        trim(varchar, varchar) varchar => trim({0}, {1})
        ltrim(varchar, varchar) varchar => ltrim({0}, {1})
        rtrim(varchar, varchar) varchar => rtrim({0}, {1})
        replace(varchar, varchar, varchar) varchar => (CASE WHEN {1} = '' THEN tarn_interleave({0}, {2})
            ELSE replace({0}, {1}, {2}) END)
        replace(varchar, varchar) varchar => replace({0}, {1}, '')
        strpos(varchar, varchar) bigint => strpos({0}, {1})
        strpos(varchar, varchar, bigint) bigint => tarn_strpos({0}, {1}, {2})
        position(varchar, varchar) bigint => strpos({1}, {0})
        index(varchar, varchar) bigint => strpos({0}, {1})
        starts_with(varchar, varchar) boolean => starts_with({0}, {1})
        ends_with(varchar, varchar) boolean => ends_with({0}, {1})
        substr(varchar, bigint) varchar => (CASE WHEN {1} = 0 OR - {1} > length({0}) THEN '' ELSE substr({0}, {1}) END)
        substr(varchar, bigint, bigint) varchar => (CASE WHEN {1} = 0 OR - {1} > length({0}) OR {2} <= 0 THEN ''
            ELSE substr({0}, {1}, {2}) END)
        lpad(varchar, bigint, varchar) varchar => (CASE WHEN {1} < 0 OR {1} > 2147483647 THEN {{NoLength}}
            WHEN {2} = '' THEN {{NoPadding}} ELSE lpad({0}, CAST({1} AS INTEGER), {2}) END)
        rpad(varchar, bigint, varchar) varchar => (CASE WHEN {1} < 0 OR {1} > 2147483647 THEN {{NoLength}}
            WHEN {2} = '' THEN {{NoPadding}} ELSE rpad({0}, CAST({1} AS INTEGER), {2}) END)
        split(varchar, varchar) array(varchar) => (CASE WHEN {1} = '' THEN {{NoDelimiter}}
            ELSE string_split({0}, {1}) END)
        split(varchar, varchar, bigint) array(varchar) => tarn_split({0}, {1}, {2})
        split_part(varchar, varchar, bigint) varchar => (CASE WHEN {2} < 1
            THEN {!INVALID_FUNCTION_ARGUMENT: Index must be greater than zero} ELSE string_split({0}, {1})[{2}] END)
        split_to_map(varchar, varchar, varchar) map(varchar,varchar) => map(tarn_split_keys({*}),
            tarn_split_values({*}))
        split_to_multimap(varchar, varchar, varchar) map(varchar,array(varchar)) =>
            map(tarn_split_multi_keys({*}), tarn_split_multi_values({*}))
        chr(bigint) varchar => tarn_chr({0})
        codepoint(varchar) integer => tarn_codepoint({0})
        translate(varchar, varchar, varchar) varchar => translate({0}, {1}, {2})
        levenshtein_distance(varchar, varchar) bigint => tarn_levenshtein({0}, {1})
        hamming_distance(varchar, varchar) bigint => tarn_hamming({0}, {1})
        normalize(varchar) varchar => nfc_normalize({0})
        luhn_check(varchar) boolean => tarn_luhn_check({0})
        soundex(varchar) varchar => tarn_soundex({0})
        char2hexint(varchar) varchar => tarn_char2hexint({0})
        format_number(double) varchar => tarn_format_number({0})
        human_readable_seconds(double) varchar => tarn_human_seconds({0})
        parse_data_size(varchar) decimal(38,0) => CAST(tarn_parse_data_size({0}) AS DECIMAL(38,0))
        parse_presto_data_size(varchar) decimal(38,0) => CAST(tarn_parse_data_size({0}) AS DECIMAL(38,0))
        concat_ws(varchar, array(varchar)) varchar => (CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL
            ELSE coalesce(array_to_string({1}, {0}), '') END)
        concat_ws(varchar, varchar...) varchar => concat_ws({*})
        uuid() uuid => uuid()
        current_catalog() varchar => 'awsdatacatalog'
        version() varchar => 'Tarn (Athena engine version 3)'
        word_stem(varchar) varchar => tarn_word_stem({0}, 'en')
        word_stem(varchar, varchar) varchar => tarn_word_stem({0}, {1})
        """;
}
