using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tarn.Clients.S3;

namespace Tarn.Commands.S3;

/// <summary><c>tarn s3 ls</c>: a line an entry, printed as pages come.</summary>
internal static class S3Listing
{
    private const int SizeWidth = 10;

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var location = new Argument<string?>("LOCATION")
        {
            Description = "s3://bucket or s3://bucket/prefix (default: the buckets)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var recursive = S3Command.Recursive("also what lies below folders");
        var json = S3Command.Json("a JSON object a line: key, size, last_modified, etag; or prefix; or bucket");
        var command = new Command("ls", """
            List buckets, or objects whose name begins as given: time (UTC), size, name. What has a further slash is
            shown as a folder. The exit code is 1 when a prefix matches nothing.
              tarn s3 ls
              tarn s3 ls s3://lake/raw/
              tarn s3 ls --recursive --json s3://lake | jq -r .key
            """) { location, recursive, json, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var s3 = S3Command.Client(parsed, data);
            var asJson = parsed.GetValue(json);
            if (parsed.GetValue(location) is not { } text)
            {
                await ListBucketsAsync(s3, asJson, cancellation);
                return 0;
            }

            var prefix = S3Location.Parse(text);
            var isAny = false;
            await foreach (var page in s3.ListAsync(prefix, parsed.GetValue(recursive), cancellation))
            {
                Print(page, asJson);
                isAny |= page.Folders.Count + page.Objects.Count > 0;
            }

            if (isAny || prefix.Key.Length == 0)
            {
                return 0;
            }

            CommandRunner.Error.MarkupLineInterpolated(
                $"[yellow]no object in {prefix.Bucket} begins with {prefix.Key}[/]");
            return CommandRunner.Failed;
        });
        return command;
    }

    private static async Task ListBucketsAsync(S3Client s3, bool asJson, CancellationToken cancellation)
    {
        var buckets = await s3.ListBucketsAsync(cancellation);
        foreach (var bucket in buckets)
        {
            if (asJson)
            {
                JsonLines.Write(new { Bucket = bucket.Name, bucket.CreatedAt });
            }
            else
            {
                Terminal.WriteLine($"{Time(bucket.CreatedAt)}  {bucket.Name}");
            }
        }

        if (buckets.Count == 0)
        {
            CommandRunner.Error.MarkupLineInterpolated($"[yellow]hint:[/] make a bucket with 'tarn s3 mb s3://NAME'");
        }
    }

    private static void Print(S3Page page, bool asJson)
    {
        foreach (var folder in page.Folders)
        {
            if (asJson)
            {
                JsonLines.Write(new { Prefix = folder });
            }
            else
            {
                Terminal.WriteLine($"{"folder",19}  {"",SizeWidth}  {TerminalText.Safe(folder)}");
            }
        }

        foreach (var found in page.Objects)
        {
            if (asJson)
            {
                JsonLines.Write(found);
            }
            else
            {
                Terminal.WriteLine(
                    $"{Time(found.LastModified)}  {Sizes.Bytes(found.Size),SizeWidth}  {TerminalText.Safe(found.Key)}");
            }
        }
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
