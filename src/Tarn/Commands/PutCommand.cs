using System.CommandLine;
using Spectre.Console;
using Tarn.Clients;
using Tarn.Hosting;
using Tarn.Put;

namespace Tarn.Commands;

/// <summary><c>tarn put --stream NAME FILE</c>: sends a file of JSON lines.</summary>
internal static class PutCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var file = new Argument<string>("FILE") { Description = "JSON lines, plain or gzip; - reads standard input" };
        var stream = new Option<string>("--stream") { Description = "the stream", HelpName = "NAME", Required = true };
        var key = new Option<string?>("--key")
        {
            Description = "field whose value is the partition key (default: a hash of the line)", HelpName = "FIELD",
        };
        var skip = new Option<long>("--skip")
        {
            Description = "leave out the first N lines, to go on after an interruption", HelpName = "N",
        };
        var command = new Command("put", """
            Send a file of JSON lines into a stream through the signed Kinesis API, in batches, with a progress bar.
              tarn put --stream flights examples/flights/data/flights-10k.jsonl.gz
            It never resumes by itself: after an interruption it says how many lines are in; --skip goes on from there.
            """) { file, stream, key, skip, data };
        command.Runs(async (parsed, cancellation) =>
        {
            var directory = CommonOptions.DataDirectory(parsed, data);
            var server = RunningServer.Require(directory);
            var credentials = CredentialsFile.Require(directory);
            var region = CommonOptions.Configuration().Read(directory, new Dictionary<string, string>()).Region;
            using var kinesis = new KinesisClient(server.Aws!, credentials, region, TimeProvider.System);
            using var lines = JsonLinesFile.Open(parsed.GetRequiredValue(file));
            var sender = new RecordSender(
                kinesis, parsed.GetRequiredValue(stream), parsed.GetValue(key), TimeProvider.System);
            await SendAsync(sender, lines, parsed.GetValue(skip), cancellation);
            Terminal.WriteLine(
                $"acknowledged={sender.Acknowledged - Math.Min(parsed.GetValue(skip), sender.Acknowledged)}");
            return 0;
        });
        return command;
    }

    private static Task SendAsync(
        RecordSender sender, JsonLinesFile lines, long skip, CancellationToken cancellation) =>
        CommandRunner.Error.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("0 records", maxValue: lines.LengthBytes ?? 1);
                bar.IsIndeterminate = lines.LengthBytes is null;
                await sender.SendAsync(
                    lines,
                    skip,
                    () =>
                    {
                        bar.Value = lines.ReadBytes;
                        bar.Description = $"{sender.Acknowledged:N0} records";
                    },
                    cancellation);
                bar.Value = bar.MaxValue;
            });
}
