package dev.titanic.protocol;

/** What the coordinator asks of the operator that runs it. */
public interface CoordinatorPort extends Outbox {

  /** Asks for {@link CoordinatorProtocol#advance()} after a pause: there was no data. */
  void wakeLater();

  /** Opens the place where the trained model goes. */
  ModelSink openModel();

  /** Ends the input of the job: everything is done. */
  void end();
}
