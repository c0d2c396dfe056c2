using System.Diagnostics;

namespace Tarn.Clients.Tests.Servers;

/// <summary>One server for the tests of a class, on a data directory that is removed afterwards.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tarn-clients-");

    internal TarnServerProcess Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await TarnServerProcess.StartAsync(
        "--data", Path.Combine(directory.FullName, "data"),
        "--project", Path.Combine(TarnExecutable.Root, "examples", "game-scores"));

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        directory.Delete(recursive: true);
    }

    /// <summary>Runs a client against the server.</summary>
    internal Task<ClientOutput> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        Server.Describe(start);
        return ClientOutput.OfAsync(start);
    }
}
