using System.Text.RegularExpressions;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Query.Compilation;

namespace Tarn.ContinuousQueries.Lookups;

/// <summary>Reads tables of the lake for lookup joins, as queries read them. Thread-safe.</summary>
/// <param name="compiler">Asked for when the first table is read: queries in turn read the views of this room.</param>
/// <param name="engine">The instance that may read the lake's files.</param>
internal sealed partial class LakeReader(Lazy<IQueryCompiler> compiler, Lazy<IDuckDb> engine)
{
    /// <summary>All columns of a table, of DuckDB's types. Throws what is wrong with it.</summary>
    public async Task<IReadOnlyList<DuckDbColumn>> DescribeAsync(TableName name, CancellationToken cancellation)
    {
        try
        {
            using var query = await CompileAsync(name, "*", cancellation).ConfigureAwait(false);
            using var session = engine.Value.OpenSession();
            query.Attach(session);
            using var result = await session
                .QueryAsync($"SELECT * FROM ({query.DuckDbSql}) AS tarn_lake LIMIT 0", cancellation)
                .ConfigureAwait(false);
            return result.Columns;
        }
        catch (TarnException cause)
        {
            throw new TarnException(cause.Kind, Describe(name, cause), cause.Detail, cause.Hint, cause)
            {
                Code = cause.Code,
            };
        }
    }

    /// <summary>The rows of a lookup, or null when they are those that <paramref name="known"/> was told of.</summary>
    /// <exception cref="TarnException">LimitExceeded: more rows than <paramref name="rowsMax"/>. Unavailable: anything
    /// else, as it may be otherwise later.</exception>
    public async Task<LookupRows?> ReadAsync(
        LookupPlan lookup, string? known, long rowsMax, CancellationToken cancellation)
    {
        try
        {
            var columns = lookup.Columns.Select(column => SqlText.Name(column.Name)).DefaultIfEmpty("1 AS tarn_row");
            using var query = await CompileAsync(lookup.Name, string.Join(", ", columns), cancellation)
                .ConfigureAwait(false);
            var revision = RevisionOf(query, lookup.Name);
            if (known is not null && revision == known)
            {
                return null;
            }

            using var session = engine.Value.OpenSession();
            query.Attach(session);
            var sql = lookup.ReadSql(query.DuckDbSql, rowsMax + 1);
            var rows = await ColumnBatch.ReadAsync(session, sql, [], lookup.Types, cancellation).ConfigureAwait(false);
            return rows.Count <= rowsMax ? new LookupRows(rows, revision) : throw new TarnException(
                ErrorKind.LimitExceeded,
                $"lookup table '{lookup.Name}' holds more than {rowsMax} rows, the most that a view keeps of it",
                hint: "give the view a higher lookup_rows_max, or join with a view of the lake that filters");
        }
        catch (TarnException cause) when (cause.Kind != ErrorKind.LimitExceeded)
        {
            throw new TarnException(
                ErrorKind.Unavailable, Describe(lookup.Name, cause), cause.Detail, cause.Hint, cause)
            {
                Code = cause.Code,
            };
        }
    }

    /// <summary>Null where more than the objects of one table decides: a view of the lake may ask for the time.
    /// </summary>
    private static string? RevisionOf(CompiledQuery query, TableName name) =>
        query.Inputs is [var only] && only.Table == name ? query.Revision : null;

    private Task<CompiledQuery> CompileAsync(TableName name, string columns, CancellationToken cancellation) =>
        compiler.Value.CompileAsync(
            $"SELECT {columns} FROM {SqlText.Name(name.Database)}.{SqlText.Name(name.Name)}", new CompileOptions(),
            cancellation);

    /// <summary>Without the place in a statement that nobody wrote.</summary>
    private static string Describe(TableName name, TarnException cause) =>
        $"lookup table '{name}' cannot be read: {Place().Replace(cause.Message, "")}";

    [GeneratedRegex(@"^line \d+:\d+: ")]
    private static partial Regex Place();
}
