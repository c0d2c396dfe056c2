using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tarn.Clients.S3;

namespace Tarn.Commands.S3;

/// <summary><c>tarn s3 du</c>: bytes and objects by the folders directly below a location.</summary>
internal static class S3Usage
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var location = new Argument<string?>("LOCATION")
        {
            Description = "s3://bucket or s3://bucket/folder (default: every bucket)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = S3Command.Json("a JSON object a line: location, bytes, objects; the total last");
        var command = new Command("du", """
            Show how many bytes and objects lie in each folder, or in each bucket, and in all of them.
              tarn s3 du
              tarn s3 du s3://lake/raw
            """) { location, json, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var s3 = S3Command.Client(parsed, data);
            var rows = parsed.GetValue(location) is { } text
                ? await MeasureAsync(s3, S3Location.Parse(text).AsFolder(), cancellation)
                : await MeasureBucketsAsync(s3, cancellation);
            Print([.. rows, new Usage("total", rows.Sum(row => row.Bytes), rows.Sum(row => row.Objects))],
                parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Usage>> MeasureBucketsAsync(S3Client s3, CancellationToken cancellation)
    {
        var rows = new List<Usage>();
        foreach (var bucket in await s3.ListBucketsAsync(cancellation))
        {
            var parts = await MeasureAsync(s3, new S3Location(bucket.Name, ""), cancellation);
            rows.Add(new Usage(
                $"s3://{bucket.Name}", parts.Sum(part => part.Bytes), parts.Sum(part => part.Objects)));
        }

        return rows;
    }

    private static async Task<IReadOnlyList<Usage>> MeasureAsync(
        S3Client s3, S3Location folder, CancellationToken cancellation)
    {
        var rows = new SortedDictionary<string, Usage>(StringComparer.Ordinal);
        await foreach (var page in s3.ListAsync(folder, isRecursive: true, cancellation))
        {
            foreach (var found in page.Objects)
            {
                var slash = found.Key.IndexOf('/', folder.Key.Length);
                var name = folder.With(slash < 0 ? folder.Key : found.Key[..(slash + 1)]).ToString();
                var row = rows.GetValueOrDefault(name) ?? new Usage(name, 0, 0);
                rows[name] = row with { Bytes = row.Bytes + found.Size, Objects = row.Objects + 1 };
            }
        }

        return [.. rows.Values];
    }

    private static void Print(IReadOnlyList<Usage> rows, bool asJson)
    {
        if (asJson)
        {
            foreach (var row in rows)
            {
                JsonLines.Write(row);
            }

            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("location"), new TableColumn("size").RightAligned(),
            new TableColumn("objects").RightAligned());
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(TerminalText.Safe(row.Location)),
                Sizes.Bytes(row.Bytes),
                row.Objects.ToString("N0", CultureInfo.InvariantCulture));
        }

        CommandRunner.Output.Write(table);
    }

    private sealed record Usage(string Location, long Bytes, long Objects);
}
