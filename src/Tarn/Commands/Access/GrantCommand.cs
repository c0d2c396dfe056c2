using System.CommandLine;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Access;

/// <summary><c>tarn grant add|ls|rm</c>.</summary>
internal static class GrantCommand
{
    public static Command Create() => new("grant", """
        Say what users may do with buckets and with what lies below a prefix.
          read     list and get objects
          write    put and delete objects too
          admin    change the bucket's settings, create and delete it too (on a whole bucket)
        A prefix is taken literally and ends at a slash: lake/logs covers logs and logs/a, never logs-old/a.
          tarn grant add ann read lake                     the whole bucket
          tarn grant add ann write lake/inbox/             and more below inbox/
          tarn grant ls
          tarn grant rm ann lake/inbox/
        """)
    {
        Add(),
        List(),
        Remove(),
    };

    private static Command Add()
    {
        var data = CommonOptions.Data();
        var user = User();
        var level = new Argument<string>("LEVEL") { Description = "read, write or admin" };
        level.AcceptOnlyFromAmong("read", "write", "admin");
        var place = Place();
        var command = new Command("add", """
            Grant something to a user, from the next request on. Another level on the same place replaces the one
            that is there. The bucket need not exist yet.
              tarn grant add ann read lake
              tarn grant add ann write lake/inbox/
            """) { user, level, place, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var on = GrantPlace.Parse(parsed.GetRequiredValue(place));
            var (who, what) = (parsed.GetRequiredValue(user), parsed.GetRequiredValue(level));
            await console.PostAsync(
                "/api/grants", new { user = who, level = what, bucket = on.Bucket, prefix = on.Prefix }, cancellation);
            Terminal.WriteLine($"{who} may {what} {on}");
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        var data = CommonOptions.Data();
        var command = new Command("ls", """
            List what is granted. Bucket policies may allow or deny more: aws s3api get-bucket-policy.
              tarn grant ls
            """) { data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var table = new Table { Border = TableBorder.Rounded }.AddColumns("user", "level", "on");
            foreach (var grant in (await console.GetAsync("/api/grants", cancellation)).EnumerateArray())
            {
                table.AddRow(
                    Markup.Escape(grant.GetProperty("user").GetString()!),
                    grant.GetProperty("level").GetString()!,
                    Markup.Escape(GrantPlace.Of(grant).ToString()));
            }

            CommandRunner.Output.Write(table);
            return 0;
        });
        return command;
    }

    private static Command Remove()
    {
        var data = CommonOptions.Data();
        var user = User();
        var place = Place();
        var command = new Command("rm", """
            Take back what is granted to a user on exactly this place, from the next request on.
              tarn grant rm ann lake/inbox/
            """) { user, place, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var on = GrantPlace.Parse(parsed.GetRequiredValue(place));
            var who = parsed.GetRequiredValue(user);
            var query = $"user={Uri.EscapeDataString(who)}&bucket={Uri.EscapeDataString(on.Bucket)}"
                + $"&prefix={Uri.EscapeDataString(on.Prefix)}";
            await console.DeleteAsync("/api/grants?" + query, cancellation);
            Terminal.WriteLine($"{who} has no grant on {on} any more");
            return 0;
        });
        return command;
    }

    private static Argument<string> User() => new("USER") { Description = "whom (tarn user ls)" };

    private static Argument<string> Place() =>
        new("BUCKET[/PREFIX]") { Description = "a bucket, or what is below a prefix" };
}
