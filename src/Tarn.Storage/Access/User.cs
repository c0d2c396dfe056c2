using System.Collections.Immutable;

namespace Tarn.Storage.Access;

/// <summary>Somebody who may be granted something. Root is none of them: it needs no grant.</summary>
public sealed record User(string Name, DateTimeOffset CreatedAt, ImmutableArray<UserKey> Keys);
