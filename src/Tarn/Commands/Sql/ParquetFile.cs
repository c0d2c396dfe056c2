using System.Text;
using Tarn.Clients;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;

namespace Tarn.Commands.Sql;

/// <summary>
/// Writes a result as a Parquet file, by a DuckDB of its own that is confined to a temporary folder. Arrays, maps, rows
/// and other types without a plain form are text, as the result has them.
/// </summary>
internal static class ParquetFile
{
    /// <param name="target">A path; null: standard output, which must not be a terminal.</param>
    public static async Task WriteAsync(
        SqlClient client, SqlOutcome outcome, string? target, CancellationToken cancellation)
    {
        if (target is null && !Terminal.IsOutputRedirected)
        {
            throw new TarnException(
                ErrorKind.Invalid, "Parquet is not for a terminal", hint: "name a file, or redirect the output");
        }

        var folder = Directory.CreateTempSubdirectory("tarn-sql-");
        try
        {
            var rows = Path.Combine(folder.FullName, "rows.csv");
            var columns = await RowsAsync(client, outcome, rows, cancellation);
            if (columns.Count == 0)
            {
                return; // a definition gives nothing to be written
            }

            var made = Path.Combine(folder.FullName, "rows.parquet");
            await ConvertAsync(folder.FullName, columns, rows, made, cancellation);
            if (target is not null)
            {
                File.Move(made, target, overwrite: true);
                return;
            }

            await using var file = File.OpenRead(made);
            await using var output = Terminal.OpenStandardOutput();
            await file.CopyToAsync(output, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<SqlColumn>> RowsAsync(
        SqlClient client, SqlOutcome outcome, string path, CancellationToken cancellation)
    {
        IReadOnlyList<SqlColumn> columns = [];
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        await foreach (var page in client.PagesAsync(outcome.Id, cancellation))
        {
            columns = page.Columns;
            foreach (var row in page.Rows)
            {
                await writer.WriteAsync(string.Join(',', row.Select(ResultPrinter.Csv)) + "\n");
            }
        }

        return columns;
    }

    private static async Task ConvertAsync(
        string folder, IReadOnlyList<SqlColumn> columns, string from, string to, CancellationToken cancellation)
    {
        using var engine = DuckDbInstance.Open(new DuckDbOptions
        {
            AllowedDirectories = [folder], TempDirectory = Path.Combine(folder, "spill"),
        });
        using var session = engine.OpenSession();
        var names = string.Join(", ", columns.Select((_, i) => $"'c{i}': 'VARCHAR'"));
        var selected = string.Join(", ", columns.Select((column, i) =>
            $"CAST(c{i} AS {TypeOf(column)}) AS {DuckText.Name(column.Name)}"));
        await session.ExecuteAsync(
            $"COPY (SELECT {selected} FROM read_csv({DuckText.Text(from)}, header = false, delim = ',', quote = '\"', "
                + $"escape = '\"', nullstr = '', allow_quoted_nulls = false, columns = {{{names}}})) "
                + $"TO {DuckText.Text(to)} (FORMAT parquet, COMPRESSION zstd)",
            cancellation);
    }

    private static string TypeOf(SqlColumn column) => column.Type switch
    {
        "boolean" or "tinyint" or "smallint" or "integer" or "bigint" or "double" or "date" or "timestamp" =>
            column.Type,
        "float" or "real" => "float",
        "decimal" => $"decimal({column.Precision}, {column.Scale})",
        _ => "varchar",
    };
}
