using Tarn.DuckDb;
using Tarn.DuckDb.NativeTables;
using Tarn.Query.Executions;
using Tarn.Sql.Translation;

namespace Tarn.Query.Compilation;

/// <summary>A runnable query; see <see cref="CompiledQuery"/>.</summary>
internal sealed class BoundQuery(
    QueryPlan plan,
    string duckDbSql,
    IReadOnlyList<(string Name, INativeTable Table)> inMemory,
    IReadOnlyDictionary<string, string> objectsByPath,
    IFileReads? reads) : CompiledQuery
{
    public override string DuckDbSql => duckDbSql;

    public override IReadOnlyList<CompiledInput> Inputs => plan.Inputs;

    public override string? Revision => plan.Revision;

    public override ScanEstimate Estimate => plan.Estimate;

    public IReadOnlyList<TranslatedColumn> Columns => plan.Query.Columns;

    /// <summary>Names of objects by the paths under which DuckDB reads them, for messages.</summary>
    public IReadOnlyDictionary<string, string> ObjectsByPath => objectsByPath;

    public override void Attach(IDuckDbSession session)
    {
        session.RegisterFunctions(QueryFunctions.All);
        foreach (var (name, table) in inMemory)
        {
            session.RegisterTable(name, table);
        }
    }

    protected override void Dispose(bool disposing)
    {
        reads?.Dispose();
        plan.Dispose();
    }
}
