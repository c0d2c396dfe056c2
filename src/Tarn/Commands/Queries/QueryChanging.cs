using System.CommandLine;
using Tarn.Clients;

namespace Tarn.Commands.Queries;

/// <summary><c>tarn query pause NAME</c> and <c>tarn query resume NAME</c>.</summary>
internal static class QueryChanging
{
    public static Command Create(string verb, string description)
    {
        var data = CommonOptions.Data();
        var name = QueryCommand.Name();
        var command = new Command(verb, description) { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var path = QueryCommand.Path(parsed.GetRequiredValue(name), "/" + verb);
            var row = await console.PostAsync(path, null, cancellation);
            var state = row.GetProperty("phase").GetString()!.Replace('_', ' ');
            Terminal.WriteLine($"{row.GetProperty("name").GetString()} is {state}");
            return 0;
        });
        return command;
    }
}
