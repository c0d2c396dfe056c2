using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Hosting;

/// <summary>
/// A data directory that this process owns: made private to the user, locked against a second server, with the root
/// key in <c>credentials</c>. Disposing gives the lock back.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    private readonly FileStream held;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public static string CredentialsPath(string directory) => System.IO.Path.Combine(directory, "credentials");

    /// <exception cref="TarnException">Conflict, naming the process that owns the directory.</exception>
    public static DataDirectory Open(string path)
    {
        MakePrivate(path);
        try
        {
            var held = new FileStream(System.IO.Path.Combine(path, "lock"), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = Private,
            });
            var directory = new DataDirectory(path, held);
            directory.Announce(null, null);
            return directory;
        }
        catch (IOException error)
        {
            var owner = RunningServer.Read(path)?.ProcessId.ToString(CultureInfo.InvariantCulture) ?? "unknown";
            throw new TarnException(
                ErrorKind.Conflict,
                $"another tarn (process {owner}) is using {path}",
                hint: "stop it first, or give this one its own --data directory",
                cause: error);
        }
    }

    private static void MakePrivate(string path)
    {
        Directory.CreateDirectory(path, PrivateFolder);
        try
        {
            File.SetUnixFileMode(path, PrivateFolder);
        }
        catch (UnauthorizedAccessException)
        {
            // A mounted volume may belong to somebody else. Each file with a secret is private by its own mode.
        }
    }

    /// <summary>Says who owns the directory; its own file, as the lock bars readers too.</summary>
    public static string ServerPath(string directory) => System.IO.Path.Combine(directory, "server");

    /// <summary>Writes who owns the directory and where it answers, for the command line.</summary>
    public void Announce(Uri? aws, Uri? console)
    {
        Write(ServerPath(Path), $"pid={Environment.ProcessId}\naws={aws}\nconsole={console}\n");
    }

    /// <summary>The root key: from the configuration, or from <c>credentials</c>, generated on first start.</summary>
    public AccessKey RootKey(string? accessKeyId, string? secret)
    {
        var path = CredentialsPath(Path);
        if (accessKeyId is not null && secret is not null)
        {
            var given = new AccessKey(accessKeyId, secret, "root");
            Write(path, CredentialsFile.Format(given));
            return given;
        }

        if (CredentialsFile.Read(path) is { } kept)
        {
            return kept;
        }

        var generated = new AccessKey("TARN" + RandomText(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), RandomText(
            40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"), "root");
        Write(path, CredentialsFile.Format(generated));
        return generated;
    }

    public void Dispose()
    {
        File.Delete(ServerPath(Path));
        held.Dispose();
    }

    private static void Write(string path, string text)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Private,
        }))
        {
            File.SetUnixFileMode(temporary, Private);
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static string RandomText(int length, string alphabet) =>
        string.Create(length, alphabet, (text, letters) => RandomNumberGenerator.GetItems<char>(letters, text));
}
