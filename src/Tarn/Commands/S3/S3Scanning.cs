using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;
using Tarn.Clients.S3;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.S3;

/// <summary><c>tarn s3 scan</c>: objects of files that somebody placed in a bucket's folder.</summary>
internal static class S3Scanning
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var location = new Argument<string>("BUCKET") { Description = "a bucket, as lake or s3://lake" };
        var json = S3Command.Json("a JSON object a line: kind, key, path, detail; the counts last");
        var command = new Command("scan", """
            Bring a bucket and its folder together after files were placed, changed or removed by hand. A file that no
            object owns becomes one; an object whose file is gone or has another length is reported and left. Each
            adopted file is read once. The exit code is 1 when objects are damaged.
              cp -r photos ~/.tarn/objects/lake/ && tarn s3 scan lake
            """) { location, json, data };
        command.Runs(async (parsed, cancellation) =>
        {
            var text = parsed.GetRequiredValue(location);
            var target = S3Location.Parse(S3Location.Looks(text) ? text : "s3://" + text);
            if (target.Key.Length > 0)
            {
                throw new TarnException(
                    ErrorKind.Invalid, $"{target} is not a bucket",
                    hint: $"a bucket is scanned as a whole: tarn s3 scan {target.Bucket}");
            }

            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            return await FollowAsync(console, target.Bucket, parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> FollowAsync(
        ConsoleClient console, string bucket, bool asJson, CancellationToken cancellation)
    {
        var path = $"/api/buckets/{Uri.EscapeDataString(bucket)}/scan";
        await foreach (var item in console.EventsAsync(HttpMethod.Post, path, cancellation))
        {
            if (asJson)
            {
                Terminal.WriteLine(item.Data.GetRawText());
            }
            else
            {
                Print(item);
            }

            if (item.Name == "end")
            {
                return item.Data.GetProperty("damaged").GetInt64() == 0 ? 0 : CommandRunner.Failed;
            }
        }

        throw new TarnException(
            ErrorKind.Unavailable, "the server ended the scan", hint: "what was adopted stays; scan again");
    }

    private static void Print(ServerEvent item)
    {
        if (item.Name == "end")
        {
            Terminal.WriteLine(
                $"{Many("objects", "object")} compared: {Many("adopted", "file")} adopted, {Count("left"):N0} left, "
                + $"{Many("damaged", "object")} damaged");
            return;
        }

        var path = TerminalText.Safe(Text("path")!);
        switch (Text("kind"))
        {
            case "adopted":
                Terminal.WriteLine($"adopted {TerminalText.Safe(Text("key")!)}");
                break;
            case "left":
                CommandRunner.Error.MarkupLineInterpolated($"[yellow]left:[/] {path}: {Text("detail")!}");
                break;
            default:
                CommandRunner.Error.MarkupLineInterpolated($"[red]damaged:[/] {path}: {Text("detail")!}");
                break;
        }

        string Many(string name, string noun) => $"{Count(name):N0} {noun}{(Count(name) == 1 ? "" : "s")}";

        long Count(string name) => item.Data.GetProperty(name).GetInt64();

        string? Text(string name) => item.Data.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
    }
}
