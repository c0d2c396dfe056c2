namespace Tarn.Clients.Tests.Servers;

/// <summary>
/// A test that needs a client program; where the program is not installed the test is reported as skipped, by name.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientFactAttribute : FactAttribute
{
    public ClientFactAttribute(string program)
    {
        Program = program;
        if (!File.Exists(Resolve(program)))
        {
            Skip = $"{program} is not installed";
        }
    }

    /// <summary>A path, absolute or relative to the repository.</summary>
    public string Program { get; }

    internal static string Resolve(string program) => Path.Combine(TarnExecutable.Root, program);
}
