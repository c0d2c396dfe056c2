using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;
using Tarn.Query.Statements;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Results;

/// <summary>
/// Results as objects under the output location. A result is written to a staging file as rows come and becomes
/// visible whole; pages are read from the object, starting at the nearest remembered offset. Thread-safe.
/// </summary>
internal sealed class ResultFiles(IObjectStore objects)
{
    private const int FlushBytes = 1 << 16;
    private const int PageEndsMax = 4096;

    /// <summary>Where the row after a page begins: who reads on does not read anew what came before.</summary>
    private readonly ConcurrentDictionary<(string Location, long Row), long> _pageEnds = new();

    /// <summary>Rows of a query as a CSV object, with the columns beside it.</summary>
    /// <exception cref="TarnException">LimitExceeded at the row above the workgroup's limit.</exception>
    public async Task<ResultSummary> WriteAsync(
        RunContext context,
        IReadOnlyList<TranslatedColumn> columns,
        IDuckDbResult rows,
        CancellationToken cancellation)
    {
        var results = columns.Select(ResultColumns.Of).ToList();
        var values = new string?[columns.Count];
        var rowsMax = context.Workgroup.ResultRowsMax ?? long.MaxValue;
        var row = 0L;
        return await WriteAsync(
            context.Id,
            ".csv",
            context.OutputLocation,
            results,
            columns.Select(column => column.Name),
            () =>
            {
                cancellation.ThrowIfCancellationRequested();
                if (!rows.Read())
                {
                    return null;
                }

                if (++row > rowsMax)
                {
                    throw new TarnException(
                        ErrorKind.LimitExceeded,
                        $"the result has more rows than the limit of workgroup '{context.Workgroup.Name}', {rowsMax}",
                        hint: "add a LIMIT") { Code = "RESULT_ROWS_LIMIT_EXCEEDED" };
                }

                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = ValueText.Print(rows.GetValue(i), columns[i].Type);
                }

                return values;
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The lines of a statement that is no query, as a <c>.txt</c> object of one column.</summary>
    public Task<ResultSummary> WriteLinesAsync(
        string id, string outputLocation, string column, IReadOnlyList<string> lines, CancellationToken cancellation)
    {
        using var next = lines.GetEnumerator();
        return WriteAsync(
            id,
            ".txt",
            outputLocation,
            column.Length == 0 ? [] : [new ResultColumn(column, "string", 0, 0)],
            header: null,
            () => next.MoveNext() ? [next.Current] : null,
            cancellation);
    }

    /// <summary>Rows of text that a statement gives which is no query, as a CSV object.</summary>
    public async Task<ResultSummary> WriteRowsAsync(
        string id, string outputLocation, StatementRows rows, CancellationToken cancellation)
    {
        using var next = rows.Rows.GetEnumerator();
        return await WriteAsync(
            id,
            ".csv",
            outputLocation,
            [.. rows.Columns.Select(column => new ResultColumn(column, "string", 0, 0))],
            rows.Columns,
            () => next.MoveNext() ? next.Current : null,
            cancellation).ConfigureAwait(false);
    }

    public async Task<ResultPage> ReadAsync(
        ExecutionRecord record, long firstRow, int rowsMax, CancellationToken cancellation)
    {
        var location = record.Execution.ResultLocation!;
        var page = (int)Math.Min(firstRow / Math.Max(1, record.PageRows), record.PageOffsets.Count - 1);
        var rows = new List<IReadOnlyList<string?>>();
        if (page < 0 || firstRow >= record.Execution.RowCount)
        {
            return new ResultPage(record.Columns, rows, null);
        }

        var (row, offset) = _pageEnds.TryGetValue((location, firstRow), out var known)
            ? (firstRow, known)
            : (page * record.PageRows, record.PageOffsets[page]);
        var range = new ByteRange(offset, null);
        var content = await objects.OpenAsync(ObjectKey.Parse(location), range, cancellation).ConfigureAwait(false)
            ?? throw new TarnException(
                ErrorKind.NotFound, $"the result object '{location}' does not exist", hint: "run the query again");
        await using (content.ConfigureAwait(false))
        {
            var reader = new ResultRows(content.Body, offset, location.EndsWith(".txt", StringComparison.Ordinal));
            while (rows.Count < rowsMax && await reader.ReadAsync(cancellation).ConfigureAwait(false) is { } values)
            {
                if (row++ >= firstRow)
                {
                    rows.Add(values);
                }
            }

            Remember(location, firstRow + rows.Count, reader.Offset);
        }

        var next = firstRow + rows.Count;
        return new ResultPage(record.Columns, rows, next < record.Execution.RowCount ? next : null);
    }

    private async Task<ResultSummary> WriteAsync(
        string id,
        string extension,
        string outputLocation,
        IReadOnlyList<ResultColumn> columns,
        IEnumerable<string>? header,
        Func<IReadOnlyList<string?>?> nextRow,
        CancellationToken cancellation)
    {
        var target = Target(outputLocation, id + extension);
        var staged = Path.Combine(objects.StagingDirectory, $"query-{id}{extension}");
        var offsets = new RowOffsets();
        var rows = 0L;
        try
        {
            var file = new FileStream(
                staged, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                var row = new StringBuilder();
                var buffer = new ArrayBufferWriter<byte>(FlushBytes * 2);
                var bytes = 0L;
                if (header is not null)
                {
                    CsvText.AppendRow(row, header);
                    bytes += Encode(row, buffer);
                }

                while (nextRow() is { } values)
                {
                    offsets.Add(rows++, bytes);
                    if (header is null)
                    {
                        row.Append(values[0]).Append('\n');
                    }
                    else
                    {
                        CsvText.AppendRow(row, values);
                    }

                    bytes += Encode(row, buffer);
                    if (buffer.WrittenCount >= FlushBytes)
                    {
                        await FlushAsync(file, buffer, cancellation).ConfigureAwait(false);
                    }
                }

                await FlushAsync(file, buffer, cancellation).ConfigureAwait(false);
            }

            var length = new FileInfo(staged).Length;
            var attributes = new ObjectAttributes { ContentType = extension == ".csv" ? "text/csv" : "text/plain" };
            await Task.WhenAll(
                PutColumnsAsync(target, id, columns, cancellation),
                objects.PutFileAsync(target, staged, attributes, cancellation)).ConfigureAwait(false);
            return new ResultSummary(target.ToString(), columns, rows, offsets.PageRows, offsets.Offsets)
            {
                Bytes = length,
            };
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private void Remember(string location, long row, long offset)
    {
        if (_pageEnds.Count >= PageEndsMax)
        {
            _pageEnds.Clear();
        }

        _pageEnds[(location, row)] = offset;
    }

    /// <summary>Puts what tells the columns beside the result; nobody is told of one without the other.</summary>
    private async Task PutColumnsAsync(
        ObjectKey target, string id, IReadOnlyList<ResultColumn> columns, CancellationToken cancellation)
    {
        using var body = new MemoryStream(ColumnsFile.Write(id, null, null, columns), writable: false);
        await objects.PutAsync(
            target with { Key = target.Key + ".metadata" },
            body,
            new ObjectAttributes { ContentType = "application/octet-stream" },
            cancellation).ConfigureAwait(false);
    }

    private static long Encode(StringBuilder row, ArrayBufferWriter<byte> buffer)
    {
        var before = buffer.WrittenCount;
        Encoding.UTF8.GetBytes(row.ToString(), buffer);
        row.Clear();
        return buffer.WrittenCount - before;
    }

    private static async Task FlushAsync(
        FileStream file, ArrayBufferWriter<byte> buffer, CancellationToken cancellation)
    {
        await file.WriteAsync(buffer.WrittenMemory, cancellation).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }

    private static ObjectKey Target(string outputLocation, string name)
    {
        var folder = ObjectKey.Parse(outputLocation);
        var prefix = folder.Key.Length == 0 || folder.Key.EndsWith('/') ? folder.Key : folder.Key + "/";
        return folder with { Key = prefix + name };
    }
}
