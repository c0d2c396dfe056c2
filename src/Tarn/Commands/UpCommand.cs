using System.CommandLine;
using System.Runtime.InteropServices;
using Tarn.Configuration;
using Tarn.Hosting;

namespace Tarn.Commands;

/// <summary><c>tarn up</c>: serves until SIGTERM or Ctrl-C.</summary>
internal static class UpCommand
{
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var ephemeral = new Option<bool>("--ephemeral")
        {
            Description = "use a temporary data directory that is removed at exit, and offer POST /_tarn/reset",
        };
        var settings = Setting.All.Where(setting => setting.HasFlag).ToDictionary(
            setting => setting.FlagName,
            setting => new Option<string?>(setting.FlagName)
            {
                Description = setting.Description,
                HelpName = setting.Placeholder,
            });
        var command = new Command("up", """
            Start the server. It makes the data directory and a key on first start and prints one line when ready.
            Settings come from DIR/tarn.yaml, then TARN_* variables, then flags; the last one wins.
            """)
        {
            data, ephemeral,
        };
        foreach (var option in settings.Values)
        {
            command.Add(option);
        }

        command.Runs((parsed, cancellation) =>
        {
            var flags = settings
                .Select(setting => (setting.Key, Value: parsed.GetValue(setting.Value)))
                .Where(flag => flag.Value is not null)
                .ToDictionary(flag => flag.Key, flag => flag.Value!);
            return RunAsync(parsed.GetValue(data), parsed.GetValue(ephemeral), flags, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string? data, bool ephemeral, Dictionary<string, string> flags, CancellationToken cancellation)
    {
        if (ephemeral && data is not null)
        {
            throw new Primitives.Errors.TarnException(
                Primitives.Errors.ErrorKind.Invalid, "--ephemeral and --data exclude each other");
        }

        var configuration = CommonOptions.Configuration();
        var directory = ephemeral
            ? Directory.CreateTempSubdirectory("tarn-").FullName
            : configuration.DataDirectory(data);
        try
        {
            var options = configuration.Read(directory, flags) with { Ephemeral = ephemeral };
            if (ephemeral && options.Storage is not null)
            {
                throw new Primitives.Errors.TarnException(
                    Primitives.Errors.ErrorKind.Invalid, "--ephemeral and storage exclude each other",
                    "a reset would empty the storage");
            }

            return await ServeAsync(options, cancellation);
        }
        finally
        {
            if (ephemeral)
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static async Task<int> ServeAsync(TarnOptions options, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });

        var server = await TarnServer.StartAsync(options, stop.Token);
        Terminal.WriteLine(server.ReadyLine);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
        }
        catch (OperationCanceledException)
        {
            await server.StopAsync(StopTimeMax);
        }

        return 0;
    }
}
