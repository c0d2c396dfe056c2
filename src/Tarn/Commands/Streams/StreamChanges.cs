using System.CommandLine;
using Tarn.Clients;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Streams;

/// <summary><c>tarn stream create|set|rm NAME</c>.</summary>
internal static class StreamChanges
{
    public static Command Make()
    {
        var data = CommonOptions.Data();
        var name = StreamCommand.Name();
        var settings = new StreamSettingOptions();
        var command = new Command("create", """
            Make a stream. Streams that belong to a lake project are better named in its lake.yaml.
              tarn stream create scores --shards 2 --retention-hours 48
              tarn stream create clicks --mode on_demand
            """) { name, data };
        settings.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var body = settings.Given(parsed);
            body["name"] = parsed.GetRequiredValue(name);
            StreamShowing.Show(await console.PostAsync("/api/streams", body, cancellation));
            return 0;
        });
        return command;
    }

    public static Command Set()
    {
        var data = CommonOptions.Data();
        var name = StreamCommand.Name();
        var settings = new StreamSettingOptions();
        var command = new Command("set", """
            Change what is named of a stream and leave the rest. Another number of shards splits and merges them while
            records go on coming in. What a lake project says holds again at the next 'tarn up --project'.
              tarn stream set scores --shards 4
              tarn stream set scores --durability os
              tarn stream set scores --error-rate 0 --latency-ms 0 --limits none     end a test
            """) { name, data };
        settings.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var body = settings.Given(parsed);
            if (body.Count == 0)
            {
                throw new TarnException(
                    ErrorKind.Invalid, "nothing to change", hint: "name a setting, such as --retention-hours 48");
            }

            StreamShowing.Show(await console.PatchAsync(
                StreamCommand.Path(parsed.GetRequiredValue(name)), body, cancellation));
            return 0;
        });
        return command;
    }

    public static Command Remove()
    {
        var data = CommonOptions.Data();
        var name = StreamCommand.Name();
        var command = new Command("rm", """
            Delete a stream with all its records. There is no way back.
              tarn stream rm scores
            """) { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            await console.DeleteAsync(StreamCommand.Path(parsed.GetRequiredValue(name)), cancellation);
            Terminal.WriteLine($"deleted {parsed.GetRequiredValue(name)}");
            return 0;
        });
        return command;
    }
}
