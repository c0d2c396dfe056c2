using System.CommandLine;
using Tarn.Demo;

namespace Tarn.Commands;

/// <summary><c>tarn demo</c>: the whole lake at work.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var data = new Option<string?>("--data")
        {
            Description = "data directory, new or empty (default: a new one under the temporary directory)",
            HelpName = "DIR",
        };
        var seconds = Number("--seconds", "end by itself after N seconds (default: at Ctrl-C)", 0, 86_400);
        var rate = Number("--rate", "records per second", 200, 100_000);
        var flush = Number("--flush-seconds", "how long a batch is gathered before it is delivered", 60, 900);
        var port = Number("--port", "port of the AWS APIs (0: a free one)", 4566, 65_535);
        var consolePort = Number("--console-port", "port of the console (0: a free one)", 4580, 65_535);
        var noBrowser = new Option<bool>("--no-browser") { Description = "do not open the dashboard in a browser" };
        var command = new Command("demo", """
            Scores stream in, are counted live, land as minute batches, become Parquet, are queried in SQL and shown
            on a dashboard: a real server on a fresh data directory, fed through the signed Kinesis API. At the end
            everything is counted again; the exit code is 0 only if nothing was lost and nothing is there twice.
              tarn demo --seconds 150
              tarn demo --seconds 30 --flush-seconds 5 --no-browser
            The server is a process of its own: kill -9 it in mid-run and it is started again on the same data.
            """) { seconds, rate, flush, data, port, consolePort, noBrowser };
        command.Runs((parsed, cancellation) => DemoRun.RunAsync(
            new DemoOptions
            {
                DataDirectory = parsed.GetValue(data),
                Seconds = parsed.GetValue(seconds),
                RatePerSecond = parsed.GetValue(rate),
                FlushSeconds = parsed.GetValue(flush),
                Port = parsed.GetValue(port),
                ConsolePort = parsed.GetValue(consolePort),
                OpensBrowser = !parsed.GetValue(noBrowser),
            },
            cancellation));
        return command;
    }

    private static Option<int> Number(string name, string description, int standard, int max)
    {
        var option = new Option<int>(name)
        {
            Description = description, DefaultValueFactory = _ => standard, HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < 0 || value > max))
            {
                result.AddError($"{name} must be from 0 to {max}, not {value}");
            }
        });
        return option;
    }
}
