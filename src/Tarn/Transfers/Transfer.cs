using Tarn.Clients.S3;

namespace Tarn.Transfers;

/// <summary>One file of this machine and one object, to be copied one way or the other.</summary>
/// <param name="Bytes">As the listing told it.</param>
internal sealed record Transfer(string File, S3Location Object, long Bytes);
