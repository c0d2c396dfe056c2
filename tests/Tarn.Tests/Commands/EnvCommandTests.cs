using System.Diagnostics;
using Tarn.Commands;
using Tarn.Configuration;

namespace Tarn.Tests.Commands;

/// <summary>The exports, run by a real shell.</summary>
public sealed class EnvCommandTests
{
    [Theory]
    [InlineData("/data/lake")]
    [InlineData("/data/with space")]
    [InlineData("/data/it's mine")]
    [InlineData("/data/$HOME `id` \"quoted\" \\ ; echo no")]
    [InlineData("/data/two\nlines")]
    public void Exports_OfAnyDirectory_AreTakenByTheShellAsTheyAre(string directory)
    {
        var exports = EnvCommand.Exports(
            new Uri("http://127.0.0.1:4566/"),
            directory,
            new TarnOptions { DataDirectory = directory, Region = "eu-west-1" });

        var seen = Shell(
            "AWS_PROFILE=work; " + exports + "\n"
            + "printf '%s|%s|%s|%s|%s' \"$AWS_ENDPOINT_URL\" \"$AWS_SHARED_CREDENTIALS_FILE\" \"$AWS_REGION\" "
            + "\"$AWS_DEFAULT_REGION\" \"$AWS_PROFILE\"");

        Assert.Equal($"http://127.0.0.1:4566|{directory}/credentials|eu-west-1|eu-west-1|", seen);
    }

    private static string Shell(string script)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }
}
