namespace AriDialer.Web.Features.Dialing.Dock;

/// <summary>What the phone in the page has to know from the start; all else it asks for itself.</summary>
/// <param name="OffersDemoCall">True in a demo, where a button makes the pretend network call this person.</param>
internal sealed record DockModel(bool OffersDemoCall);
