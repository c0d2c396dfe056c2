namespace Tarn.Benchmarks.Objects;

/// <summary>One connection to a target; one request at a time.</summary>
internal interface IObjectSession : IDisposable
{
    /// <summary>Makes ready what depends on the name, such as a signature, before the clock starts.</summary>
    void Prepare(ObjectShape shape, string name);

    /// <summary>Puts an object whose bytes are <see cref="ObjectBody"/>'s.</summary>
    Task PutAsync(ObjectShape shape, string name);

    /// <summary>Gets an object and counts its bytes.</summary>
    Task<long> GetAsync(ObjectShape shape, string name);
}
