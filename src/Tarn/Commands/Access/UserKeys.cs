using System.CommandLine;
using Tarn.Clients;

namespace Tarn.Commands.Access;

/// <summary><c>tarn user key add|rm|disable|enable</c>.</summary>
internal static class UserKeys
{
    public static Command Create() => new("key", """
        Change a user's access keys. To replace one: add another, move the programs over, disable the old one, and
        remove it when nothing has missed it.
          tarn user key add ann
          tarn user key disable ann AKIA...
          tarn user key enable ann AKIA...
          tarn user key rm ann AKIA...
        """)
    {
        Add(),
        Remove(),
        Switch("disable", isActive: false, "Stop a key from the next request on; it can be enabled again."),
        Switch("enable", isActive: true, "Let a disabled key sign again."),
    };

    private static Command Add()
    {
        var data = CommonOptions.Data();
        var name = UserCommand.Name();
        var key = new KeyOptions();
        var command = new Command("add", """
            Give a user another access key. The secret of a new key is shown this once.
              tarn user key add ann
            """) { name, data };
        key.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var body = key.Read(parsed);
            var path = UserCommand.Path(parsed.GetRequiredValue(name), "/keys");
            KeyOptions.Show(await console.PostAsync(path, body, cancellation), isNew: body.Count == 0);
            return 0;
        });
        return command;
    }

    private static Command Remove()
    {
        var data = CommonOptions.Data();
        var name = UserCommand.Name();
        var id = Id();
        var command = new Command("rm", """
            Remove an access key for good.
              tarn user key rm ann AKIA...
            """) { name, id, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            await console.DeleteAsync(Path(parsed, name, id), cancellation);
            Terminal.WriteLine($"deleted {parsed.GetRequiredValue(id)}");
            return 0;
        });
        return command;
    }

    private static Command Switch(string word, bool isActive, string description)
    {
        var data = CommonOptions.Data();
        var name = UserCommand.Name();
        var id = Id();
        var command = new Command(word, description + Environment.NewLine + $"  tarn user key {word} ann AKIA...")
        {
            name, id, data,
        };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            await console.PatchAsync(Path(parsed, name, id), new { active = isActive }, cancellation);
            Terminal.WriteLine($"{word}d {parsed.GetRequiredValue(id)}");
            return 0;
        });
        return command;
    }

    private static Argument<string> Id() => new("KEY-ID") { Description = "the access key's id" };

    private static string Path(ParseResult parsed, Argument<string> name, Argument<string> id) => UserCommand.Path(
        parsed.GetRequiredValue(name), "/keys/" + Uri.EscapeDataString(parsed.GetRequiredValue(id)));
}
