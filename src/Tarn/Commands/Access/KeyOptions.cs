using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Access;

/// <summary>An access key that the user brings along, and how a new one is shown.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string?> id = new("--key-id")
    {
        Description = "access key id to take instead of a new one; needs --secret-stdin",
        HelpName = "ID",
    };

    private readonly Option<bool> secret = new("--secret-stdin")
    {
        Description = "read the secret of --key-id from standard input, so that no command line shows it",
    };

    public void AddTo(Command command)
    {
        command.Add(id);
        command.Add(secret);
    }

    /// <summary>The fields of a request that makes a key: none for a new one.</summary>
    public Dictionary<string, object> Read(ParseResult parsed)
    {
        var (given, reads) = (parsed.GetValue(id), parsed.GetValue(secret));
        if (given is null && !reads)
        {
            return [];
        }

        if (given is null || !reads)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                "--key-id and --secret-stdin go together",
                hint: "printf %s \"$SECRET\" | tarn user add ann --key-id ID --secret-stdin");
        }

        return new() { ["access_key_id"] = given, ["secret"] = Terminal.In.ReadToEnd().TrimEnd('\r', '\n') };
    }

    /// <summary>Shows the key in the form that AWS' tools read; a secret that was brought along is not shown.</summary>
    public static void Show(JsonElement key, bool isNew)
    {
        var user = key.GetProperty("name").GetString();
        Terminal.WriteLine($"aws_access_key_id = {key.GetProperty("access_key_id").GetString()}");
        if (isNew)
        {
            Terminal.WriteLine($"aws_secret_access_key = {key.GetProperty("secret").GetString()}");
            CommandRunner.Error.MarkupLineInterpolated(
                $"[yellow]hint:[/] keep the secret of '{user}' now: it is not shown again");
        }
    }
}
