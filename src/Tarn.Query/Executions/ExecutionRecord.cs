using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Executions;

/// <summary>
/// The durable form of an execution: resource of kind <c>query</c>, named by its id, JSON in camel case with a leading
/// <c>"v":1</c>; layout in docs/formats/query-execution.md.
/// </summary>
/// <param name="V">Version of the layout, 1.</param>
/// <param name="Columns">Of the result; empty until it succeeded.</param>
/// <param name="PageRows">Distance, in rows, of the entries of <paramref name="PageOffsets"/>.</param>
/// <param name="PageOffsets">Byte offsets in the result object of rows 0, PageRows, 2 PageRows, ...</param>
internal sealed record ExecutionRecord(
    int V,
    QueryExecution Execution,
    IReadOnlyList<ResultColumn> Columns,
    long PageRows,
    IReadOnlyList<long> PageOffsets)
{
    public static ExecutionRecord Of(QueryExecution execution) => new(1, execution, [], 0, []);

    public string Write() => JsonSerializer.Serialize(this, ExecutionJson.Default.ExecutionRecord);

    public static ExecutionRecord Read(string id, string spec)
    {
        var record = JsonSerializer.Deserialize(spec, ExecutionJson.Default.ExecutionRecord);
        return record is { V: 1 }
            ? record
            : throw new TarnException(
                ErrorKind.Damaged, $"query execution '{id}' is stored in a layout that this version does not know");
    }
}
