namespace AriDialer.Web.Features.Presence;

/// <summary>One colleague's busy lamp.</summary>
/// <param name="UserId">Who it is.</param>
/// <param name="Name">Their name.</param>
/// <param name="Number">Their number, E.164; null where they have none.</param>
/// <param name="Display">The number as people write it in other countries: the same for everybody who looks.</param>
/// <param name="Dial">What a page dials to call them, with a number or without.</param>
/// <param name="State">How they are.</param>
/// <param name="Since">Since when they are on a call; null where they are not.</param>
internal sealed record Lamp(
    string UserId, string Name, string? Number, string? Display, string Dial, PresenceState State, DateTimeOffset? Since);

/// <summary>What concerns only the person who looks: what they chose, and whom they want to see first.</summary>
internal sealed record MyPresence(ChosenPresence Chosen, IReadOnlyList<string> Favourites);

internal enum PeopleMessageKind
{
    Snapshot,
    Change,
}

/// <summary>Everybody, or those who changed since the message before. Mine is null where it has not changed.</summary>
internal sealed record PeopleMessage(
    PeopleMessageKind Kind, IReadOnlyCollection<Lamp> People, IReadOnlyCollection<string> Gone, MyPresence? Mine);
