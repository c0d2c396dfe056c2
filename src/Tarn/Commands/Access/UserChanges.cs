using System.CommandLine;
using Tarn.Clients;

namespace Tarn.Commands.Access;

/// <summary><c>tarn user add|rm NAME</c>.</summary>
internal static class UserChanges
{
    public static Command Add()
    {
        var data = CommonOptions.Data();
        var name = UserCommand.Name();
        var key = new KeyOptions();
        var command = new Command("add", """
            Make a user with an access key. The secret of a new key is shown this once.
              tarn user add ann
              tarn user add ann >> ~/.aws/credentials      below a line [ann]
              printf %s "$SECRET" | tarn user add ann --key-id MYOWNKEYMYOWNKEY --secret-stdin
            """) { name, data };
        key.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var body = key.Read(parsed);
            var isNew = body.Count == 0;
            body["name"] = parsed.GetRequiredValue(name);
            KeyOptions.Show(await console.PostAsync("/api/users", body, cancellation), isNew);
            return 0;
        });
        return command;
    }

    public static Command Remove()
    {
        var data = CommonOptions.Data();
        var name = UserCommand.Name();
        var command = new Command("rm", """
            Delete a user with its keys and grants, from the next request on. Bucket policies that name it stay: a new
            user of the same name would have what they allow.
              tarn user rm ann
            """) { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            await console.DeleteAsync(UserCommand.Path(parsed.GetRequiredValue(name)), cancellation);
            Terminal.WriteLine($"deleted {parsed.GetRequiredValue(name)}");
            return 0;
        });
        return command;
    }
}
