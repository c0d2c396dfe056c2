using System.Collections.Frozen;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>What DuckDB says of its functions, read once per instance.</summary>
internal sealed class FunctionTable
{
    /// <summary>Macros whose result depends on their arguments alone and that hold no aggregate over rows.</summary>
    private static readonly FrozenSet<string> PlainMacros = new[]
    {
        "array_append", "array_pop_back", "array_pop_front", "array_prepend", "array_push_back", "array_push_front",
        "array_reverse", "array_to_string", "array_to_string_comma_default", "date_add", "days_in_month", "fdiv",
            "fmod",
        "json", "map_contains_entry", "map_contains_value", "md5_number_lower", "md5_number_upper", "nullif",
            "round_even",
        "roundbankers", "split_part",
    }.ToFrozenSet();

    private readonly FrozenSet<string> _aggregates;
    private readonly FrozenSet<string> _unstable;
    private readonly FrozenSet<string> _macros;

    private FunctionTable(IEnumerable<string> aggregates, IEnumerable<string> unstable, IEnumerable<string> macros)
    {
        _aggregates = aggregates.ToFrozenSet();
        _unstable = unstable.ToFrozenSet();
        _macros = macros.ToFrozenSet();
    }

    public static async Task<FunctionTable> ReadAsync(IDuckDbSession session, CancellationToken cancellation)
    {
        const string Sql = """
            SELECT DISTINCT function_name, function_type, coalesce(stability, '')
            FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate', 'macro')
            """;
        var (aggregates, unstable, scalars, macros) =
            (new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        using var result = await session.QueryAsync(Sql, cancellation).ConfigureAwait(false);
        while (result.Read())
        {
            var name = (string)result.GetValue(0)!;
            switch ((string)result.GetValue(1)!)
            {
                case "aggregate":
                    aggregates.Add(name);
                    break;
                case "macro":
                    macros.Add(name);
                    break;
                default:
                    scalars.Add(name);
                    if ((string)result.GetValue(2)! != "CONSISTENT")
                    {
                        unstable.Add(name);
                    }

                    break;
            }
        }

        aggregates.ExceptWith(scalars);
        macros.ExceptWith(scalars.Except(unstable));
        return new FunctionTable(aggregates, unstable, macros);
    }

    public bool IsAggregate(string name) => _aggregates.Contains(name);

    /// <summary>The same arguments may give another result at another time.</summary>
    public bool IsVolatile(string name) =>
        _unstable.Contains(name) || name is "ago" or "pg_sleep" or "get_current_time";

    /// <summary>A macro that may read more than its arguments.</summary>
    public bool IsOpaqueMacro(string name) =>
        _macros.Contains(name) && !PlainMacros.Contains(name) && !name.StartsWith("list_", StringComparison.Ordinal);
}
