using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Access;

/// <summary><c>tarn user ls</c>.</summary>
internal static class UserListing
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var command = new Command("ls", """
            List users with their access keys and what is granted to them. Secrets are never shown.
              tarn user ls
            """) { data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var users = (await console.GetAsync("/api/users", cancellation)).EnumerateArray().ToList();
            var table = new Table { Border = TableBorder.Rounded }.AddColumns("user", "created", "keys", "grants");
            foreach (var user in users)
            {
                table.AddRow(
                    Escaped(user, "name"),
                    Day(user),
                    string.Join('\n', user.GetProperty("keys").EnumerateArray().Select(Key)),
                    string.Join('\n', user.GetProperty("grants").EnumerateArray().Select(Grant)));
            }

            CommandRunner.Output.Write(table);
            if (users.Count == 0)
            {
                CommandRunner.Error.MarkupLineInterpolated(
                    $"[yellow]hint:[/] only root may do anything; 'tarn user add NAME' makes a user");
            }

            return 0;
        });
        return command;
    }

    private static string Key(JsonElement key) =>
        Escaped(key, "access_key_id") + (key.GetProperty("active").GetBoolean() ? "" : " [yellow](disabled)[/]");

    private static string Grant(JsonElement grant) =>
        Escaped(grant, "level") + " " + Markup.Escape(GrantPlace.Of(grant).ToString());

    private static string Day(JsonElement user) =>
        user.GetProperty("created_at").GetDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Escaped(JsonElement element, string name) =>
        Markup.Escape(element.GetProperty(name).GetString()!);
}
