using System.Globalization;
using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html. The first row of a SELECT's first
/// page holds the column names and counts as a row. A NULL is a Datum without VarCharValue. The token is the number
/// of the next row.
/// </summary>
internal sealed class GetQueryResults(IQueries queries) : AthenaOperation<GetQueryResults.Input>
{
    private const int RowsMax = 1000;

    public override string Name => "GetQueryResults";

    protected override Input Read(JsonMembers members)
    {
        var input = new Input(
            members.RequiredText("QueryExecutionId"),
            members.Text("NextToken"),
            members.Number("MaxResults", 1, int.MaxValue) ?? RowsMax);
        return members.Text("QueryResultType") is null or "DATA_ROWS"
            ? input
            : throw AthenaErrors.Invalid(
                "tarn does not support QueryResultType other than DATA_ROWS of athena GetQueryResults");
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var execution = await FinishedAsync(input.QueryExecutionId, cancellation);
        if (input.MaxResults > RowsMax)
        {
            throw AthenaErrors.Invalid($"MaxResults is more than maximum allowed length {RowsMax}");
        }

        var hasHeader = input.NextToken is null && execution is { StatementType: "DML", UpdateCount: null };
        var rowsMax = hasHeader ? input.MaxResults - 1 : input.MaxResults;
        var first = FirstRow(input.NextToken);
        var page = await queries.ReadAsync(execution.Id, first, Math.Max(rowsMax, 1), cancellation);
        var isHeaderOnly = rowsMax == 0;
        var next = isHeaderOnly && page.Rows.Count > 0 ? first : page.NextRow;
        if (next is { } nextRow)
        {
            answer.WriteString("NextToken", nextRow.ToString(CultureInfo.InvariantCulture));
        }

        answer.WriteNumber("UpdateCount", execution.UpdateCount ?? 0);
        answer.WriteStartObject("ResultSet");
        answer.WriteStartArray("Rows");
        if (hasHeader)
        {
            WriteRow(answer, page.Columns.Select(column => (string?)column.Name));
        }

        foreach (var row in isHeaderOnly ? [] : page.Rows)
        {
            WriteRow(answer, row);
        }

        answer.WriteEndArray();
        WriteMetadata(answer, page.Columns);
        answer.WriteEndObject();
    }

    private async Task<QueryExecution> FinishedAsync(string id, CancellationToken cancellation)
    {
        var execution = await queries.FindAsync(id, cancellation) ?? throw AthenaErrors.NoSuchExecution(id);
        return execution.State switch
        {
            QueryState.Succeeded => execution,
            QueryState.Queued or QueryState.Running => throw AthenaErrors.Invalid(
                $"Query has not yet finished. Current state: {ExecutionAnswer.StateOf(execution)}"),
            _ => throw AthenaErrors.Invalid(
                $"Query did not finish successfully. Final query state: {ExecutionAnswer.StateOf(execution)}"),
        };
    }

    private static long FirstRow(string? token)
    {
        if (token is null)
        {
            return 0;
        }

        return long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? row
            : throw AthenaErrors.Invalid("the NextToken is not one that GetQueryResults gave");
    }

    private static void WriteRow(Utf8JsonWriter answer, IEnumerable<string?> values)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("Data");
        foreach (var value in values)
        {
            answer.WriteStartObject();
            if (value is not null)
            {
                answer.WriteString("VarCharValue", value);
            }

            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter answer, IReadOnlyList<ResultColumn> columns)
    {
        answer.WriteStartObject("ResultSetMetadata");
        answer.WriteStartArray("ColumnInfo");
        foreach (var column in columns)
        {
            answer.WriteStartObject();
            answer.WriteString("CatalogName", "hive");
            answer.WriteString("SchemaName", "");
            answer.WriteString("TableName", "");
            answer.WriteString("Name", column.Name);
            answer.WriteString("Label", column.Name);
            answer.WriteString("Type", column.Type);
            answer.WriteNumber("Precision", column.Precision);
            answer.WriteNumber("Scale", column.Scale);
            answer.WriteString("Nullable", "UNKNOWN");
            answer.WriteBoolean("CaseSensitive", column.IsCaseSensitive);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    internal sealed record Input(string QueryExecutionId, string? NextToken, int MaxResults);
}
