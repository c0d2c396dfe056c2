namespace Tarn.Clients.Tests.Servers;

/// <summary>
/// A class whose tests, also those that it inherits, need a program; where the program is not installed each is
/// reported as skipped, by name.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsProgramAttribute(string program) : Attribute
{
    /// <summary>An absolute path.</summary>
    public string Program { get; } = program;
}
