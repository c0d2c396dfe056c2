using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Quoting, and DuckDB's own printer of trees.</summary>
internal static class SqlText
{
    private const string Before = """
        {"error":false,"statements":[{"node":{"type":"SELECT_NODE","modifiers":[],"cte_map":{"map":[]},"select_list":[
        """;

    private const string After = """
        ],"from_table":{"type":"EMPTY"},"where_clause":null,"group_expressions":[],"group_sets":[],
        "aggregate_handling":"STANDARD_HANDLING","having":null,"sample":null,"qualify":null}}]}
        """;

    public static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>The tree of a SELECT as JSON text.</summary>
    public static Task<string> ParseAsync(IDuckDbSession session, string select, CancellationToken cancellation) =>
        ScalarAsync(session, $"SELECT CAST(json_serialize_sql({Literal(select)}) AS VARCHAR)", cancellation);

    /// <summary>A statement's tree as SQL.</summary>
    public static Task<string> PrintStatementAsync(IDuckDbSession session, string tree,
        CancellationToken cancellation) =>
        ScalarAsync(session, $"SELECT json_deserialize_sql({Literal(tree)})", cancellation);

    /// <summary>An expression's tree as SQL.</summary>
    public static async Task<string> PrintAsync(IDuckDbSession session, string expression,
        CancellationToken cancellation)
    {
        var text = await PrintStatementAsync(session, Before + expression + After, cancellation).ConfigureAwait(false);
        return text["SELECT ".Length..];
    }

    private static async Task<string> ScalarAsync(IDuckDbSession session, string sql, CancellationToken cancellation)
    {
        using var result = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
        result.Read();
        return (string)result.GetValue(0)!;
    }
}
