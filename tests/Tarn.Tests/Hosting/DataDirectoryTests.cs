using System.Globalization;
using Tarn.Hosting;
using Tarn.Primitives.Errors;
using Tarn.Testing;

namespace Tarn.Tests.Hosting;

public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempDirectory parent = new();

    private string Data => Path.Combine(parent.Path, "data");

    public void Dispose() => parent.Dispose();

    [Fact]
    public void Open_NewDirectory_IsTheUsersAlone()
    {
        using var directory = DataDirectory.Open(Data);
        directory.RootKey(null, null);

        Assert.Equal(PrivateFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        Assert.Equal(["credentials", "lock", "server"], Directory.GetFiles(Data).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(Data), file => Assert.Equal(PrivateFile, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void RootKey_OverAFileOthersCouldRead_MakesItPrivate()
    {
        using var directory = DataDirectory.Open(Data);
        File.WriteAllText(DataDirectory.CredentialsPath(Data), "");
        File.SetUnixFileMode(DataDirectory.CredentialsPath(Data), PrivateFile | UnixFileMode.OtherRead);

        directory.RootKey("AKIATESTTESTTEST", "a secret of mine");

        Assert.Equal(PrivateFile, File.GetUnixFileMode(DataDirectory.CredentialsPath(Data)));
    }

    [Fact]
    public void Open_Owned_IsRefusedNamingTheOwner()
    {
        using var owner = DataDirectory.Open(Data);
        owner.Announce(new Uri("http://127.0.0.1:1"), new Uri("http://127.0.0.1:2"));

        var error = Assert.Throws<TarnException>(() => DataDirectory.Open(Data));

        Assert.Equal(ErrorKind.Conflict, error.Kind);
        Assert.Equal(
            $"another tarn (process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}) is using {Data}",
            error.Message);
        Assert.Equal(new Uri("http://127.0.0.1:1"), RunningServer.Require(Data).Aws);
    }

    [Fact]
    public void Open_GivenBack_IsOwnedAgain()
    {
        DataDirectory.Open(Data).Dispose();

        Assert.Null(RunningServer.Read(Data));
        using var directory = DataDirectory.Open(Data);
        Assert.Equal(Environment.ProcessId, RunningServer.Read(Data)!.ProcessId);
    }

    [Fact]
    public void Open_AfterAKill_TakesOverWhatIsLeft()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "lock"), "");
        File.WriteAllText(DataDirectory.ServerPath(Data), "pid=1\naws=http://127.0.0.1:1/\nconsole=http://x/\n");
        File.WriteAllText(DataDirectory.ServerPath(Data) + ".new", "pid=");

        using var directory = DataDirectory.Open(Data);

        Assert.Equal(new RunningServer(Environment.ProcessId, null, null), RunningServer.Read(Data));
    }

    [Fact]
    public void RootKey_Generated_IsKept()
    {
        using var first = DataDirectory.Open(Data);
        var generated = first.RootKey(null, null);
        first.Dispose();
        using var second = DataDirectory.Open(Data);

        Assert.Equal(generated, second.RootKey(null, null));
        Assert.Matches("^TARN[A-Z2-7]{16}$", generated.AccessKeyId);
        Assert.Matches("^[A-Za-z0-9]{40}$", generated.Secret);
        Assert.DoesNotContain(generated.Secret, generated.AccessKeyId);
    }

    [Fact]
    public void RootKey_OfTwoDirectories_Differ()
    {
        using var one = DataDirectory.Open(Data);
        using var other = DataDirectory.Open(Data + "-2");

        Assert.NotEqual(one.RootKey(null, null).Secret, other.RootKey(null, null).Secret);
    }

    [Fact]
    public void RootKey_Configured_ReplacesTheGeneratedOne()
    {
        using var directory = DataDirectory.Open(Data);
        directory.RootKey(null, null);

        var given = directory.RootKey("AKIATESTTESTTEST", "a secret of mine");

        Assert.Equal(("AKIATESTTESTTEST", "a secret of mine"), (given.AccessKeyId, given.Secret));
        Assert.Equal(given, CredentialsFile.Read(DataDirectory.CredentialsPath(Data)));
        Assert.Equal(given, directory.RootKey(null, null));
    }

    [Fact]
    public void Require_WithoutAServer_SaysHowToStartOne()
    {
        var error = Assert.Throws<TarnException>(() => RunningServer.Require(Data));

        Assert.Equal((ErrorKind.Unavailable, $"no tarn is running on {Data}"), (error.Kind, error.Message));
    }

    [Fact]
    public void Require_WhileTheServerStarts_IsUnavailable()
    {
        using var directory = DataDirectory.Open(Data);

        Assert.Equal(
            ErrorKind.Unavailable, Assert.Throws<TarnException>(() => RunningServer.Require(Data)).Kind);
    }
}
