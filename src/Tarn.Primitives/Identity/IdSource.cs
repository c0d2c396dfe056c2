namespace Tarn.Primitives.Identity;

/// <summary>Where identifiers come from. Passed by constructor so that tests can repeat a run.</summary>
public abstract class IdSource
{
    /// <summary>Time-ordered random ids (UUID version 7).</summary>
    public static IdSource System { get; } = new SystemIdSource();

    /// <summary>A new id, unique for ever.</summary>
    public abstract Guid Next();

    private sealed class SystemIdSource : IdSource
    {
#pragma warning disable RS0030 // the one place that the ban points to
        public override Guid Next() => Guid.CreateVersion7();
#pragma warning restore RS0030
    }
}
