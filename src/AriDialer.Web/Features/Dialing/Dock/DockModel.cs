namespace AriDialer.Web.Features.Dialing.Dock;

/// <summary>What the phone in the page has to know from the start; all else it asks for itself.</summary>
/// <param name="OffersDemoCall">True in a demo, where a button makes the pretend network call this person.</param>
/// <param name="ReadsAlong">True for who may read what is said in their calls while these are recorded.</param>
internal sealed record DockModel(bool OffersDemoCall, bool ReadsAlong);
