using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands;

/// <summary><c>tarn job run|ls|runs</c>.</summary>
internal static class JobCommand
{
    public static Command Create() => new("job", "Run ETL jobs and see what they did.") { Run(), List(), Runs() };

    private static Command Run()
    {
        var data = CommonOptions.Data();
        var name = new Argument<string>("NAME") { Description = "the job, as its file in jobs/ is called" };
        var command = new Command("run", "Run a job now and wait for its end.") { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var path = $"/api/jobs/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/run";
            var run = await CommandRunner.Error.Status().StartAsync(
                $"job {parsed.GetRequiredValue(name)} is running", _ => console.PostAsync(path, null, cancellation));
            Terminal.WriteLine(Line(run));
            return run.GetProperty("state").GetString() == "succeeded" ? 0 : CommandRunner.Failed;
        });
        return command;
    }

    private static Command List()
    {
        var data = CommonOptions.Data();
        var command = new Command("ls", "List jobs with their last run.") { data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var table = new Table { Border = TableBorder.Rounded }.AddColumns("job", "target", "schedule", "last run");
            foreach (var job in (await console.GetAsync("/api/jobs", cancellation)).EnumerateArray())
            {
                var spec = job.GetProperty("spec");
                var last = job.GetProperty("last_run");
                table.AddRow(
                    Markup.Escape(spec.GetProperty("name").GetString()!),
                    Markup.Escape(spec.GetProperty("target").GetString()!),
                    Markup.Escape(spec.GetProperty("schedule").GetString() ?? "on demand"),
                    Markup.Escape(last.ValueKind == JsonValueKind.Object ? Line(last) : "never"));
            }

            CommandRunner.Output.Write(table);
            return 0;
        });
        return command;
    }

    private static Command Runs()
    {
        var data = CommonOptions.Data();
        var name = new Argument<string>("NAME") { Description = "the job" };
        var command = new Command("runs", "List a job's runs, newest first.") { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var path = $"/api/jobs/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/runs";
            foreach (var run in (await console.GetAsync(path, cancellation)).EnumerateArray())
            {
                Terminal.WriteLine(Line(run));
            }

            return 0;
        });
        return command;
    }

    private static string Line(JsonElement run)
    {
        var read = Sizes.Bytes(run.GetProperty("input_bytes").GetInt64());
        var written = Sizes.Bytes(run.GetProperty("output_bytes").GetInt64());
        var text = $"run {run.GetProperty("number").GetInt64()} {run.GetProperty("state").GetString()}: "
            + $"{run.GetProperty("input_objects").GetInt32()} objects ({read}) in, "
            + $"{run.GetProperty("output_rows").GetInt64():N0} rows "
            + $"in {run.GetProperty("output_objects").GetInt32()} objects ({written}) out";
        return run.GetProperty("error").GetString() is { } error ? $"{text}; {error}" : text;
    }
}
