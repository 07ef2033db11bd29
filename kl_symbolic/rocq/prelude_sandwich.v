(* An integral with all laws of the record ``integrals``, so that they do not contradict each other.

   Over an interval it is a sandwich: f has the integral v when there are improper Riemann integrals of functions with
   finitely many cuts below and above f as near to v as one likes. It is narrower than Lebesgue's, which has the laws
   too. Over the natural numbers it is the sum of a series that converges absolutely. *)

From Coq Require Import Reals Lra Lia Ranalysis5.
From Coquelicot Require Import Coquelicot.
From kl Require Import kl_prelude kl_prelude_riemann kl_prelude_gamma kl_prelude_integrals.
Open Scope R_scope.

Lemma rpow_positive (a b : R) : 0 < a -> rpow a b = Rpower a b.
Proof. intros A; rewrite rpow_def' by exact A; reflexivity. Qed.

(* ---- The integral between two ends ---------------------------------------------------------------------------- *)

(* f has the integral v when improper integrals below and above it come as near to v as one likes. *)
Definition has (a b : Rbar) (f : R -> R) (v : R) : Prop :=
  forall e, 0 < e -> exists l h p q, pieces a b l p /\ pieces a b h q /\
    (forall x, within a b x -> l x <= f x <= h x) /\ v - e <= p /\ q <= v + e.

Lemma has_pieces a b f v : pieces a b f v -> has a b f v.
Proof. intros H e E; exists f, f, v, v; split; [exact H |]; split; [exact H |]; split; [intros; lra | lra]. Qed.

Lemma has_add (a b : Rbar) (f g : R -> R) (u v : R) :
  has a b f u -> has a b g v -> has a b (fun x => f x + g x) (u + v).
Proof.
  intros F G e E; destruct (F (e / 2) ltac:(lra)) as (l & h & p & q & Bl & Bh & S & P & Q).
  destruct (G (e / 2) ltac:(lra)) as (l' & h' & p' & q' & Bl' & Bh' & S' & P' & Q').
  exists (fun x => l x + l' x), (fun x => h x + h' x), (p + p'), (q + q').
  split; [apply pieces_add; assumption |]; split; [apply pieces_add; assumption |].
  split; [intros x X; specialize (S x X); specialize (S' x X); lra | lra].
Qed.

Lemma has_mul (a b : Rbar) (f : R -> R) (c u : R) :
  has a b f u -> has a b (fun x => c * f x) (c * u).
Proof.
  intros F e E; assert (C := Rabs_pos c); destruct (F (e / (Rabs c + 1))) as (l & h & p & q & Bl & Bh & S & P & Q);
    [apply Rdiv_lt_0_compat; lra |].
  assert (K : Rabs c * (e / (Rabs c + 1)) <= e).
  { apply Rle_trans with ((Rabs c + 1) * (e / (Rabs c + 1))); [| right; field; lra]; apply Rmult_le_compat_r;
      [left; apply Rdiv_lt_0_compat |]; lra. }
  destruct (Rle_dec 0 c) as [N | N].
  - rewrite Rabs_pos_eq in * by exact N.
    exists (fun x => c * l x), (fun x => c * h x), (c * p), (c * q); split; [apply pieces_mul, Bl |]; split;
      [apply pieces_mul, Bh |].
    split; [intros x X; destruct (S x X); split; apply Rmult_le_compat_l; assumption | split].
    + assert (c * (u - e / (c + 1)) <= c * p) by (apply Rmult_le_compat_l; assumption); lra.
    + assert (c * q <= c * (u + e / (c + 1))) by (apply Rmult_le_compat_l; assumption); lra.
  - rewrite Rabs_left in * by lra.
    exists (fun x => c * h x), (fun x => c * l x), (c * q), (c * p); split; [apply pieces_mul, Bh |]; split;
      [apply pieces_mul, Bl |].
    split; [intros x X; destruct (S x X); split; apply Rmult_le_compat_neg_l; lra | split].
    + assert (c * (u + e / (- c + 1)) <= c * q) by (apply Rmult_le_compat_neg_l; lra); lra.
    + assert (c * p <= c * (u - e / (- c + 1))) by (apply Rmult_le_compat_neg_l; lra); lra.
Qed.

Lemma has_mono (a b : Rbar) (f g : R -> R) (u v : R) :
  (forall x, within a b x -> f x <= g x) -> has a b f u -> has a b g v -> u <= v.
Proof.
  intros H F G; apply Rnot_lt_le; intros N.
  destruct (F ((u - v) / 3) ltac:(lra)) as (l & h0 & p & q0 & Bl & _ & S & P & _);
    destruct (G ((u - v) / 3) ltac:(lra)) as (l0 & h & p0 & q & _ & Bh & S' & _ & Q).
  assert (p <= q); [| lra]; apply (pieces_mono a b l h p q); [| assumption | assumption].
  intros x X; specialize (S x X); specialize (S' x X); specialize (H x X); lra.
Qed.

Lemma has_squeeze (a b : Rbar) (f : R -> R) (l h : nat -> R -> R) (u w : nat -> R) (v : R) :
  (forall n x, within a b x -> l n x <= f x) -> (forall n x, within a b x -> f x <= h n x) ->
  (forall n, has a b (l n) (u n)) -> (forall n, has a b (h n) (w n)) -> is_lim_seq u v -> is_lim_seq w v ->
    has a b f v.
Proof.
  intros Lo Hi IL IH U W e E; apply is_lim_seq_spec in U; apply is_lim_seq_spec in W.
  destruct (U (mkposreal (e / 2) ltac:(lra))) as [N HN], (W (mkposreal (e / 2) ltac:(lra))) as [M HM].
  specialize (HN N ltac:(lia)); specialize (HM M ltac:(lia)); simpl in *; apply Rabs_def2 in HN;
    apply Rabs_def2 in HM.
  destruct (IL N (e / 2) ltac:(lra)) as (l1 & h0 & p & q0 & Bl & _ & S & P & _);
    destruct (IH M (e / 2) ltac:(lra)) as (l0 & h1 & p0 & q & _ & Bh & S' & _ & Q).
  exists l1, h1, p, q; split; [exact Bl |]; split; [exact Bh |]; split; [intros x X; split | lra].
  - apply Rle_trans with (l N x); [apply S | apply Lo]; assumption.
  - apply Rle_trans with (h M x); [apply Hi | apply S']; assumption.
Qed.

Definition full (a b : Rbar) (lt : Rbar_lt a b) : domain R := {|
  mem := within a b; int := has a b; null_law := has_pieces _ _ _ _ (pieces_null a b lt); add_law := has_add a b;
  mul_law := has_mul a b; mono_law := has_mono a b; squeeze_law := has_squeeze a b
|}.

(* Over an empty interval every integral is 0. *)
Definition empty : domain R.
Proof.
  refine {| mem := fun _ => False; int := fun _ v => v = 0 |}; intros; subst; try lra.
  match goal with H : forall n, a n = 0, K : tends a _ |- _ => rename H into Z; rename K into L end.
  apply is_lim_seq_unique in L; rewrite (Lim_seq_ext _ (fun _ => 0) Z), Lim_seq_const in L; injection L; auto.
Defined.

Definition stretch (a b : Rbar) : domain R := match Rbar_lt_dec a b with left H => full a b H | right _ => empty end.

Lemma stretch_mem a b x : mem (stretch a b) x <-> within a b x.
Proof.
  unfold stretch; destruct (Rbar_lt_dec a b) as [H | H]; simpl; [reflexivity |]; split; [contradiction |].
  intros [A B]; apply H, (Rbar_lt_trans a x b); assumption.
Qed.

Lemma stretch_empty a b f v : (forall x, ~ within a b x) -> int (stretch a b) f v <-> v = 0.
Proof.
  intros N; unfold stretch; destruct (Rbar_lt_dec a b) as [H | H]; [| reflexivity].
  exfalso; destruct (middle a b H) as [x X]; apply (N x X).
Qed.

Lemma stretch_full a b f v x : within a b x -> int (stretch a b) f v <-> has a b f v.
Proof.
  intros [A B]; unfold stretch; destruct (Rbar_lt_dec a b) as [H | H]; [reflexivity |]; exfalso;
  apply H, (Rbar_lt_trans a x b); assumption.
Qed.

(* An interval within another has its ends between those. *)
Lemma low_le a b a' b' x : within a b x -> (forall y, within a b y -> within a' b' y) -> Rbar_le a' a.
Proof.
  intros X S; apply Rbar_not_lt_le; intros H.
  assert (L : exists y : R, Rbar_lt a y /\ Rbar_lt y a' /\ Rbar_lt y x).
  { destruct (Rbar_lt_le_dec a' x) as [Z | Z].
    - destruct (middle _ _ H) as [y [Y1 Y2]]; exists y; split;
        [exact Y1 | split; [exact Y2 | apply (Rbar_lt_trans y a' x); assumption]].
    - destruct (middle _ _ (proj1 X)) as [y [Y1 Y2]]; exists y; split;
        [exact Y1 | split; [apply (Rbar_lt_le_trans y x a'); assumption | exact Y2]]. }
  destruct L as (y & Y1 & Ya).
  destruct (S y) as [W _]; [split; [exact Y1 | apply (Rbar_lt_trans y x b); [apply Ya | apply X]] |].
  apply (Rbar_le_not_lt y a'); [apply Rbar_lt_le, W | apply Ya].
Qed.

Lemma high_le a b a' b' x : within a b x -> (forall y, within a b y -> within a' b' y) -> Rbar_le b b'.
Proof.
  intros X S; assert (H := low_le (Rbar_opp b) (Rbar_opp a) (Rbar_opp b') (Rbar_opp a') (- x) (within_opp' _ _ _ X)).
  assert (K : Rbar_le (Rbar_opp b') (Rbar_opp b)).
  { apply H; intros y Y; apply within_opp, S, within_opp' in Y; rewrite Ropp_involutive in Y; exact Y. }
  apply Rbar_opp_le, K.
Qed.

(* The integral depends on the points only. *)
Lemma same_points a b a' b' f v : (forall y, within a b y <-> within a' b' y) -> int (stretch a b) f v ->
  int (stretch a' b') f v.
Proof.
  intros S H; destruct (Classical_Prop.classic (exists x, within a b x)) as [[x X] | N].
  - assert (X' : within a' b' x) by (apply S, X); apply (stretch_full a' b' f v x X');
      apply (stretch_full a b f v x X) in H.
    replace a' with a by (apply Rbar_le_antisym; [apply (low_le a' b' a b x X') | apply (low_le a b a' b' x X)];
      intros; apply S; assumption).
    replace b' with b by (apply Rbar_le_antisym; [apply (high_le a b a' b' x X) | apply (high_le a' b' a b x X')];
      intros; apply S; assumption); exact H.
  - apply stretch_empty; [intros x X; apply N; exists x; apply S, X |]; apply (stretch_empty a b f v);
      [intros x X; apply N; exists x; exact X | exact H].
Qed.

(* ---- The laws of intervals ------------------------------------------------------------------------------------ *)

(* f below c, g above it, and k there. *)
Definition glue (c : R) (f g : R -> R) (k x : R) : R := if Rlt_dec x c then f x else if Rlt_dec c x then g x else k.

Lemma has_split a b c f u v : within a b c -> has a c f u -> has c b f v -> has a b f (u + v).
Proof.
  intros C F G e E; destruct (F (e / 2) ltac:(lra)) as (l & h & p & q & Bl & Bh & S & P & Q).
  destruct (G (e / 2) ltac:(lra)) as (l' & h' & p' & q' & Bl' & Bh' & S' & P' & Q').
  assert (low : forall k k' : R -> R, forall x, within a c x -> k x = glue c k k' (f c) x).
  { intros k k' x [_ X]; unfold glue; destruct (Rlt_dec x c); [reflexivity | simpl in X; lra]. }
  assert (high : forall k k' : R -> R, forall x, within c b x -> k' x = glue c k k' (f c) x).
  { intros k k' x [X _]; unfold glue; simpl in X; destruct (Rlt_dec x c); [lra |]; destruct (Rlt_dec c x);
      [reflexivity | lra]. }
  exists (glue c l l' (f c)), (glue c h h' (f c)), (p + p'), (q + q').
  split; [apply (cut a b c _ _ _ C); [apply (pieces_ext _ _ l) | apply (pieces_ext _ _ l')]; auto |].
  split; [apply (cut a b c _ _ _ C); [apply (pieces_ext _ _ h) | apply (pieces_ext _ _ h')]; auto |].
  split; [| lra]; intros x X; unfold glue; destruct (Rlt_dec x c) as [N | N]; [apply S; split; [apply X | exact N] |].
  destruct (Rlt_dec c x) as [K | K]; [apply S'; split; [exact K | apply X] |]; replace x with c by lra; lra.
Qed.

Theorem stretch_split a b a1 b1 a2 b2 (c u v : R) (f : R -> R) :
  let D := stretch a b in let E := stretch a1 b1 in let G := stretch a2 b2 in
  (forall x, mem E x -> mem D x) -> (forall x, mem E x -> x < c) -> (forall x, mem G x -> mem D x) ->
    (forall x, mem G x -> c < x) ->
  (forall x, mem D x -> x < c -> mem E x) -> (forall x, mem D x -> c < x -> mem G x) -> int E f u -> int G f v ->
    int D f (u + v).
Proof.
  simpl; intros ED Ec GD Gc DE DG IE IG.
  assert (ED' : forall x, within a1 b1 x -> within a b x) by (intros x X; apply stretch_mem, ED, stretch_mem, X).
  assert (Ec' : forall x, within a1 b1 x -> x < c) by (intros x X; apply Ec, stretch_mem, X).
  assert (GD' : forall x, within a2 b2 x -> within a b x) by (intros x X; apply stretch_mem, GD, stretch_mem, X).
  assert (Gc' : forall x, within a2 b2 x -> c < x) by (intros x X; apply Gc, stretch_mem, X).
  assert (DE' : forall x, within a b x -> x < c -> within a1 b1 x) by (intros x X N; apply stretch_mem, DE;
    [apply stretch_mem, X | exact N]).
  assert (DG' : forall x, within a b x -> c < x -> within a2 b2 x) by (intros x X N; apply stretch_mem, DG;
    [apply stretch_mem, X | exact N]).
  destruct (Classical_Prop.classic (within a b c)) as [C | NC].
  - apply (stretch_full a b _ _ c C); apply has_split with (1 := C).
    + destruct (middle a c (proj1 C)) as [m M]; apply (stretch_full a c f u m M), (same_points a1 b1); [| exact IE].
      intros y; split; [intros Y; split; [apply ED', Y | apply Ec', Y] | intros Y; apply DE';
        [apply (sub_left a b c y C Y) | apply Y]].
    + destruct (middle c b (proj2 C)) as [m M]; apply (stretch_full c b f v m M), (same_points a2 b2); [| exact IG].
      intros y; split; [intros Y; split; [apply Gc', Y | apply GD', Y] | intros Y; apply DG';
        [apply (sub_right a b c y C Y) | apply Y]].
  - (* c is outside: one part is empty, the other is D *)
    assert (side : (forall x, within a b x -> x < c) \/ (forall x, within a b x -> c < x)).
    { destruct (Classical_Prop.classic (exists x, within a b x /\ c < x)) as [[x [X K]] | N].
      - right; intros y Y; apply Rnot_le_lt; intros [Z | Z]; apply NC;
          [apply (within_between a b y x); try assumption; lra | rewrite <- Z; exact Y].
      - left; intros y Y; apply Rnot_le_lt; intros [Z | Z];
          [apply N; exists y; split; assumption | apply NC; rewrite Z; exact Y]. }
    destruct side as [Lo | Hi].
    + apply (stretch_empty a2 b2 f v) in IG; [| intros x X; specialize (Lo x (GD' x X)); specialize (Gc' x X); lra].
      rewrite IG, Rplus_0_r; apply (same_points a1 b1); [| exact IE]; intros y; split;
        [apply ED' | intros Y; apply DE'; [exact Y | apply Lo, Y]].
    + apply (stretch_empty a1 b1 f u) in IE; [| intros x X; specialize (Hi x (ED' x X)); specialize (Ec' x X); lra].
      rewrite IE, Rplus_0_l; apply (same_points a2 b2); [| exact IG]; intros y; split;
        [apply GD' | intros Y; apply DG'; [exact Y | apply Hi, Y]].
Qed.

Theorem has_ftc a b (f g h m : R -> R) (u v : nat -> R) (k l w : R) : Rbar_lt a b ->
  has a b m w -> (forall x, within a b x -> m x <= f x) -> (forall x, within a b x -> derivable_pt_lim g x (f x)) ->
  (forall x, within a b x -> derivable_pt_lim f x (h x)) -> (forall n, within a b (u n)) ->
  (forall x, within a b x -> is_lim_seq (fun n => Rabs (u n - x) + (u n - x)) 0) -> is_lim_seq (fun n => g (u n)) k ->
    (forall n, within a b (v n)) ->
  (forall x, within a b x -> is_lim_seq (fun n => Rabs (x - v n) + (x - v n)) 0) -> is_lim_seq (fun n => g (v n)) l ->
    has a b f (l - k).
Proof.
  intros lt M Le G F U Ru GU V Rv GV; destruct (M 1 Rlt_0_1) as (l0 & h0 & p & q0 & L & _ & S & _);
    apply has_pieces, (pieces_ftc a b l0 p L f g u v k l); try assumption.
  - intros x X; specialize (S x X); specialize (Le x X); lra.
  - intros x X; apply is_derive_Reals, G, X.
  - intros x X; apply (ex_derive_continuous f); exists (h x); apply is_derive_Reals, F, X.
  - apply (ends_low a b); assumption.
  - apply (ends_high a b); assumption.
Qed.

Theorem has_subst_up a b c d (f phi psi s t : R -> R) v : Rbar_lt a b -> has c d f v ->
  (forall x, within a b x -> within c d (phi x)) -> (forall y, within c d y -> within a b (psi y)) ->
    (forall y, within c d y -> phi (psi y) = y) ->
  (forall x, within a b x -> derivable_pt_lim phi x (s x)) ->
    (forall x, within a b x -> derivable_pt_lim s x (t x)) ->
  (forall x, within a b x -> 0 < s x) -> has a b (fun x => f (phi x) * s x) v.
Proof.
  intros lt H Into Back Inv D T Up e E; destruct (H e E) as (l & h & p & q & L & U & S & P & Q).
  assert (Sl : forall x, within a b x -> is_derive phi x (s x) /\ continuous s x).
  { intros x X; split; [apply is_derive_Reals, D, X | apply (ex_derive_continuous s); exists (t x);
      apply is_derive_Reals, T, X]. }
  exists (fun x => l (phi x) * s x), (fun x => h (phi x) * s x), p, q.
  split; [apply (pieces_subst c d l p L a b phi psi s); assumption |]; split;
    [apply (pieces_subst c d h q U a b phi psi s); assumption |]; split; [| lra].
  intros x X; specialize (S _ (Into x X)); specialize (Up x X); nra.
Qed.

Theorem has_subst a b c d (f phi psi s t : R -> R) v : Rbar_lt a b -> has c d f v ->
  (forall x, within a b x -> within c d (phi x)) -> (forall y, within c d y -> within a b (psi y)) ->
    (forall y, within c d y -> phi (psi y) = y) ->
  (forall x, within a b x -> derivable_pt_lim phi x (s x)) ->
    (forall x, within a b x -> derivable_pt_lim s x (t x)) ->
  (forall x, within a b x -> s x <> 0) -> has a b (fun x => f (phi x) * Rabs (s x)) v.
Proof.
  intros lt H Into Back Inv D T NZ; destruct (middle a b lt) as [m Hm].
  assert (cont : forall x, within a b x -> continuity_pt s x) by (intros x X; apply derivable_continuous_pt;
    exists (t x); apply T, X).
  assert (sign : (forall x, within a b x -> 0 < s x) \/ (forall x, within a b x -> s x < 0)).
  { assert (one : forall s', (forall x, within a b x -> continuity_pt s' x) ->
      (forall x, within a b x -> s' x <> 0) -> s' m < 0 -> forall x, within a b x -> s' x < 0).
    { intros s' C' N' M x X; apply Rnot_le_lt; intros [P | P]; [| apply (N' x X); symmetry; exact P].
      destruct (Rtotal_order m x) as [O | [O | O]]; [| rewrite O in M; lra |].
      - destruct (IVT_interv s' m x) as [z [Z1 Z2]]; try assumption;
          [intros y Y; apply C', (within_between a b m x); assumption |]; apply (N' z);
          [apply (within_between a b m x); assumption | exact Z2].
      - destruct (IVT_interv (fun y => - s' y) x m) as [z [Z1 Z2]]; try lra;
          [intros y Y; apply continuity_pt_opp, C', (within_between a b x m); assumption |].
        apply (N' z); [apply (within_between a b x m); assumption | lra]. }
    destruct (Rtotal_order (s m) 0) as [O | [O | O]]; [right; apply one; assumption | exfalso; apply (NZ m Hm O) |].
    left; intros x X; assert (- s x < 0); [| lra]; apply (one (fun y => - s y)); try assumption;
      [intros y Y; apply continuity_pt_opp, cont, Y | intros y Y Z; apply (NZ y Y); lra | lra]. }
  destruct sign as [Up | Dn].
  - assert (K := has_subst_up a b c d f phi psi s t v lt H Into Back Inv D T Up); intros e E;
      destruct (K e E) as (l & h & p & q & L & U & S & PQ); exists l, h, p, q.
    split; [exact L |]; split; [exact U |]; split; [| exact PQ]; intros x X;
      rewrite Rabs_pos_eq by (left; apply Up, X); apply S, X.
  - assert (H' : has (Rbar_opp d) (Rbar_opp c) (fun y => f (- y)) v).
    { intros e E; destruct (H e E) as (l & h & p & q & L & U & S & PQ);
        exists (fun y => l (- y)), (fun y => h (- y)), p, q.
      split; [apply pieces_reflect, L |]; split; [apply pieces_reflect, U |]; split;
        [intros x X; apply S, within_opp, X | exact PQ]. }
    assert (K := has_subst_up a b (Rbar_opp d) (Rbar_opp c) (fun y => f (- y)) (fun x => - phi x) (fun y => psi (- y))
      (fun x => - s x) (fun x => - t x) v lt H').
    assert (K' : has a b (fun x => f (- - phi x) * - s x) v).
    { apply K.
      - intros x X; apply within_opp', Into, X.
      - intros y Y; apply Back, within_opp, Y.
      - intros y Y; rewrite Inv by apply within_opp, Y; ring.
      - intros x X; apply (derivable_pt_lim_opp phi), D, X.
      - intros x X; apply (derivable_pt_lim_opp s), T, X.
      - intros x X; specialize (Dn x X); lra. }
    intros e E; destruct (K' e E) as (l & h & p & q & L & U & S & PQ); exists l, h, p, q.
    split; [exact L |]; split; [exact U |]; split; [| exact PQ]; intros x X; rewrite Rabs_left by (apply Dn, X);
      specialize (S x X); rewrite Ropp_involutive in S; exact S.
Qed.

Theorem has_zero (a b : Rbar) (f g : R -> R) (c : R) : Rbar_lt a b ->
  (forall x, within a b x -> derivable_pt_lim f x (g x)) ->
  (forall x, within a b x -> 0 <= f x) -> has a b f 0 -> within a b c -> f c = 0.
Proof.
  intros lt D P H Ic; apply Rle_antisym; [| apply P, Ic]; apply Rnot_lt_le; intros N.
  assert (C : continuous f c) by (apply (ex_derive_continuous f); exists (g c); apply is_derive_Reals, D, Ic).
  assert (F : locally c (fun x => within a b x /\ f c / 2 < f x)).
  { apply filter_and; [apply (filter_and _ _ (open_Rbar_gt a c (proj1 Ic)) (open_Rbar_lt b c (proj2 Ic))) |].
    apply (C (fun y => f c / 2 < y)); exists (mkposreal (f c / 2) ltac:(lra)); intros y Y; unfold ball in Y;
      simpl in Y; unfold AbsRing_ball, abs, minus, plus, opp in Y; simpl in Y; apply Rabs_def2 in Y; lra. }
  destruct F as [d F]; assert (Dp := cond_pos d); set (c' := c + d / 2).
  assert (K : forall x, c <= x <= c' -> within a b x /\ f c / 2 < f x).
  { intros x X; unfold c' in X; apply F; unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl;
      apply Rabs_def1; lra. }
  destruct (H (f c / 2 * (d / 2) / 2)) as (l & h & p & q & _ & U & S & _ & Q);
    [apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra |].
  assert (Hp : forall x, within a b x -> 0 <= h x) by (intros x X; specialize (S x X); specialize (P x X); lra).
  destruct (pieces_part a b h q c U Ic) as (q1 & q2 & U1 & U2 & E1).
  assert (Ic' : within c b c') by (split; [simpl; unfold c'; lra | apply (K c' ltac:(unfold c'; lra))]).
  destruct (pieces_part c b h q2 c' U2 Ic') as (q3 & q4 & U3 & U4 & E2).
  assert (0 <= q1) by (apply (pieces_pos a c h q1 U1); intros x X; apply Hp, (sub_left a b c x Ic X)).
  assert (0 <= q4) by (apply (pieces_pos c' b h q4 U4); intros x X;
    apply Hp, (sub_right a b c x Ic), (sub_right c b c' x Ic' X)).
  assert (f c / 2 * c' - f c / 2 * c <= q3).
  { apply (pieces_mono c c' (fun _ => f c / 2) h); [intros x [X Y]; simpl in X, Y | apply pieces_const; [unfold c' |];
      lra | exact U3].
    destruct (K x ltac:(lra)) as [X1 X2]; specialize (S x X1); lra. }
  assert (0 < f c / 2 * (d / 2)) by (apply Rmult_lt_0_compat; lra); unfold c' in *; lra.
Qed.

(* ---- Series, convergent absolutely ---------------------------------------------------------------------------- *)

Definition inat (x : R) : Prop := exists n, x = INR n.

Definition sums (f : R -> R) (v : R) : Prop := is_series (fun n => f (INR n)) v /\
  ex_series (fun n => Rabs (f (INR n))).

Lemma sums_null : sums (fun _ => 0) 0.
Proof.
  assert (Z : is_series (fun _ : nat => 0) 0).
  { change (is_lim_seq (sum_n (fun _ => 0)) 0); apply (is_lim_seq_ext (fun _ => 0));
      [intros n; rewrite sum_n_const; ring | apply is_lim_seq_const]. }
  split; [exact Z | exists 0; apply (is_series_ext (fun _ => 0)); [intros; symmetry; apply Rabs_R0 | exact Z]].
Qed.

Lemma sums_add f g u v : sums f u -> sums g v -> sums (fun x => f x + g x) (u + v).
Proof.
  intros [F F'] [G G']; split; [apply (is_series_plus _ _ _ _ F G) |].
  apply (ex_series_le (V := R_CompleteNormedModule) (fun n => Rabs (f (INR n) + g (INR n)))
    (fun n => Rabs (f (INR n)) + Rabs (g (INR n)))); [| apply (ex_series_plus _ _ F' G')].
  intros n; unfold norm; simpl; unfold abs; simpl; rewrite Rabs_Rabsolu; apply Rabs_triang.
Qed.

Lemma sums_mul a f u : sums f u -> sums (fun x => a * f x) (a * u).
Proof.
  intros [F F']; split; [apply (is_series_scal_l a _ _ F) |].
  apply (ex_series_ext (fun n => Rabs a * Rabs (f (INR n))));
    [intros n; symmetry; apply Rabs_mult | apply (ex_series_scal_l (Rabs a) _ F')].
Qed.

Lemma sums_mono f g u v : (forall x, inat x -> f x <= g x) -> sums f u -> sums g v -> u <= v.
Proof.
  intros H [F _] [G _]; apply (is_lim_seq_le (sum_n (fun n => f (INR n))) (sum_n (fun n => g (INR n))) u v);
    [| exact F | exact G].
  intros n; apply sum_n_m_le; intros k; apply H; exists k; reflexivity.
Qed.

Lemma sums_squeeze (f : R -> R) (l h : nat -> R -> R) (a b : nat -> R) (v : R) :
  (forall n x, inat x -> l n x <= f x) -> (forall n x, inat x -> f x <= h n x) ->
  (forall n, sums (l n) (a n)) -> (forall n, sums (h n) (b n)) -> is_lim_seq a v -> is_lim_seq b v -> sums f v.
Proof.
  intros L H IL IH A B.
  assert (N : ex_series (fun n => Rabs (f (INR n)))).
  { apply (ex_series_le (V := R_CompleteNormedModule) (fun n => Rabs (f (INR n)))
      (fun n => Rabs (l 0%nat (INR n)) + Rabs (h 0%nat (INR n))));
      [| apply (ex_series_plus _ _ (proj2 (IL 0%nat)) (proj2 (IH 0%nat)))].
    intros n; unfold norm; simpl; unfold abs; simpl; rewrite Rabs_Rabsolu.
    assert (X : inat (INR n)) by (exists n; reflexivity); specialize (L 0%nat _ X); specialize (H 0%nat _ X).
    unfold Rabs; repeat destruct Rcase_abs; lra. }
  destruct (ex_series_Rabs _ N) as [w W]; replace v with w; [split; assumption |].
  apply Rle_antisym.
  - assert (K := is_lim_seq_le (fun _ => w) b w v (fun n => sums_mono f (h n) w (b n) (H n) (conj W N) (IH n))
      (is_lim_seq_const w) B); exact K.
  - assert (K := is_lim_seq_le a (fun _ => w) v w (fun n => sums_mono (l n) f (a n) w (L n) (IL n) (conj W N)) A
      (is_lim_seq_const w)); exact K.
Qed.

Definition series : domain R := {|
  mem := inat; int := sums; null_law := sums_null; add_law := sums_add; mul_law := fun f a u => sums_mul a f u;
  mono_law := sums_mono; squeeze_law := sums_squeeze
|}.

Lemma sums_telescope (f : R -> R) (u : R) :
  (forall n : nat, 0 <= f (INR n + 1) - f (INR n)) -> is_lim_seq (fun n => f (INR n)) u ->
    sums (fun x => f (x + 1) - f x) (u - f 0).
Proof.
  intros P U; assert (S : is_series (fun n => f (INR n + 1) - f (INR n)) (u - f 0)).
  { change (is_lim_seq (sum_n (fun n => f (INR n + 1) - f (INR n))) (u - f 0));
      apply (is_lim_seq_ext (fun n => f (INR (S n)) - f 0)).
    - induction n as [| n IH]; [rewrite sum_O; simpl; rewrite Rplus_0_l; reflexivity |].
      rewrite sum_Sn, <- IH; unfold plus; simpl plus; rewrite (S_INR (S n)); simpl; lra.
    - apply is_lim_seq_minus'; [apply (is_lim_seq_incr_1 (fun n => f (INR n))), U | apply is_lim_seq_const]. }
  split; [exact S |]; exists (u - f 0); apply (is_series_ext _ _ _ (fun n => eq_sym (Rabs_pos_eq _ (P n))) S).
Qed.

Lemma sums_shift (f : R -> R) (u : R) : sums (fun x => f (x + 1)) u -> sums (fun x => f x) (f 0 + u).
Proof.
  intros [F F']; split.
  - replace (f 0 + u) with (plus u (f (INR 0))) by (unfold plus; simpl; ring); apply is_series_decr_1;
      unfold plus, opp; simpl.
    replace (u + f 0 + - f 0) with u by ring; apply (is_series_ext _ _ _ (fun n => f_equal f (eq_sym (S_INR n))) F).
  - apply ex_series_incr_1; apply (ex_series_ext (fun n => Rabs (f (INR n + 1))));
      [intros n; rewrite S_INR; reflexivity | exact F'].
Qed.

Lemma sums_exp a : 0 < a -> sums (fun x => rpow a x / Gamma (x + 1)) (exp a).
Proof.
  intros A; assert (P : is_series (fun n => rpow a (INR n) / Gamma (INR n + 1)) (exp a)).
  { assert (E := is_exp_Reals a); unfold is_pseries in E;
      apply (is_series_ext (fun n => scal (pow_n a n) (/ INR (fact n)))); [| exact E].
    intros n; rewrite Gamma_fact, rpow_positive, Rpower_pow by exact A; unfold scal; simpl; unfold mult; simpl;
      rewrite pow_n_pow; reflexivity. }
  split; [exact P |]; exists (exp a); apply (is_series_ext (fun n => rpow a (INR n) / Gamma (INR n + 1)));
    [| exact P].
  intros n; symmetry; apply Rabs_pos_eq; left; apply Rdiv_lt_0_compat;
    [rewrite rpow_positive by exact A; apply exp_pos | apply Gamma_pos; pose proof (pos_INR n); lra].
Qed.

(* ---- The instance --------------------------------------------------------------------------------------------- *)

Definition low_end (D : interval) : Rbar := match D with open a _ | above a => Finite a | _ => m_infty end.
Definition high_end (D : interval) : Rbar := match D with open _ b | below b => Finite b | _ => p_infty end.

Lemma within_ends (D : interval) (x : R) : within (low_end D) (high_end D) x <-> inside D x.
Proof. destruct D; unfold within; simpl; tauto. Qed.

Definition over_interval (D : interval) : domain R := stretch (low_end D) (high_end D).

Lemma over_interval_mem (D : interval) (x : R) : mem (over_interval D) x <-> inside D x.
Proof. unfold over_interval; rewrite stretch_mem; apply within_ends. Qed.

(* Where there is a point, the integral is that between the ends; where there is none, it is 0. *)
Lemma over_inhabited (D : interval) (f : R -> R) (v x : R) :
  inside D x -> int (over_interval D) f v <-> has (low_end D) (high_end D) f v.
Proof. intros X; apply (stretch_full _ _ f v x), within_ends, X. Qed.

Lemma over_ext (D : interval) (f g : R -> R) (v : R) :
  (forall x, inside D x -> f x = g x) -> int (over_interval D) f v -> int (over_interval D) g v.
Proof.
  intros E H; apply (squeeze_law (over_interval D) (l := fun _ => f) (h := fun _ => f) (a := fun _ => v) (b :=
    fun _ => v));
    try (intros n x X; apply over_interval_mem in X; rewrite E by exact X; apply Rle_refl); try (intros _; exact H);
    apply limit_const'.
Qed.

Lemma not_empty (D : interval) (x : R) : inside D x -> Rbar_lt (low_end D) (high_end D).
Proof. intros X; apply within_ends in X; apply (Rbar_lt_trans _ x); apply X. Qed.

Lemma sandwich_split (D E G : interval) (c : R) (f : R -> R) (u v : R) :
  (forall x, inside E x -> inside D x) -> (forall x, inside E x -> x < c) ->
  (forall x, inside G x -> inside D x) -> (forall x, inside G x -> c < x) ->
  (forall x, inside D x -> x < c -> inside E x) -> (forall x, inside D x -> c < x -> inside G x) ->
  int (over_interval E) f u -> int (over_interval G) f v -> int (over_interval D) f (u + v).
Proof.
  intros ED Ec GD Gc DE DG; apply (stretch_split _ _ _ _ _ _ c); intros x X; apply (over_interval_mem _ x) in X.
  - apply over_interval_mem, ED, X.
  - apply Ec, X.
  - apply over_interval_mem, GD, X.
  - apply Gc, X.
  - intros K; apply over_interval_mem, DE; assumption.
  - intros K; apply over_interval_mem, DG; assumption.
Qed.

Lemma sandwich_ftc (D : interval) (f g h m : R -> R) (u v : nat -> R) (k l w : R) :
  int (over_interval D) m w -> (forall x, inside D x -> m x <= f x) ->
  (forall x, inside D x -> deriv g x (f x)) -> (forall x, inside D x -> deriv f x (h x)) ->
  (forall n, inside D (u n)) -> runs_low D u -> tends (fun n => g (u n)) k ->
  (forall n, inside D (v n)) -> runs_high D v -> tends (fun n => g (v n)) l -> int (over_interval D) f (l - k).
Proof.
  intros M Le G F U Ru Gu V Rv Gv; apply (over_inhabited D _ _ (u O) (U O)).
  apply (has_ftc _ _ f g h m u v k l w (not_empty D _ (U O))); try assumption.
  - apply (over_inhabited D _ _ (u O) (U O)), M.
  - intros x X; apply Le, within_ends, X.
  - intros x X; apply G, within_ends, X.
  - intros x X; apply F, within_ends, X.
  - intros n; apply within_ends, U.
  - intros x X; apply Ru, within_ends, X.
  - intros n; apply within_ends, V.
  - intros x X; apply Rv, within_ends, X.
Qed.

Lemma sandwich_subst (D E : interval) (f phi psi s t : R -> R) (v : R) :
  int (over_interval E) f v -> (forall x, inside D x -> inside E (phi x)) ->
  (forall y, inside E y -> inside D (psi y)) -> (forall y, inside E y -> phi (psi y) = y) ->
  (forall x, inside D x -> deriv phi x (s x)) -> (forall x, inside D x -> deriv s x (t x)) ->
  (forall x, inside D x -> s x <> 0) -> int (over_interval D) (fun x => f (phi x) * Rabs (s x)) v.
Proof.
  intros H Into Back Inv S T N; destruct (Classical_Prop.classic (exists x, inside D x)) as [[x X] | none].
  - apply (over_inhabited D _ _ x X).
    apply (has_subst _ _ (low_end E) (high_end E) f phi psi s t v (not_empty D x X)).
    + apply (over_inhabited E _ _ (phi x) (Into x X)), H.
    + intros y Y; apply within_ends, Into, within_ends, Y.
    + intros y Y; apply within_ends, Back, within_ends, Y.
    + intros y Y; apply Inv, within_ends, Y.
    + intros y Y; apply S, within_ends, Y.
    + intros y Y; apply T, within_ends, Y.
    + intros y Y; apply N, within_ends, Y.
  - assert (ND : forall x, ~ within (low_end D) (high_end D) x) by (intros x X; apply none; exists x;
      apply within_ends, X).
    assert (NE : forall y, ~ within (low_end E) (high_end E) y).
    { intros y Y; apply none; exists (psi y); apply Back, within_ends, Y. }
    apply (stretch_empty _ _ _ v ND), (stretch_empty _ _ f v NE), H.
Qed.

Lemma sandwich_zero (D : interval) (f g : R -> R) (c : R) :
  (forall x, inside D x -> deriv f x (g x)) -> (forall x, inside D x -> 0 <= f x) ->
  int (over_interval D) f 0 -> inside D c -> f c = 0.
Proof.
  intros F P Z C; apply (has_zero (low_end D) (high_end D) f g c (not_empty D c C)).
  - intros x X; apply F, within_ends, X.
  - intros x X; apply P, within_ends, X.
  - apply (over_inhabited D _ _ c C), Z.
  - apply within_ends, C.
Qed.

Lemma sandwich_gamma (a : R) :
  0 < a -> int (over_interval (above 0)) (fun x => rpow x (a - 1) * exp (- x)) (Gamma a).
Proof.
  intros A; apply (over_ext _ (gam a)); [intros x X; simpl in X; unfold gam; rewrite rpow_positive by exact X;
    reflexivity |].
  apply (over_inhabited (above 0) _ _ 1 Rlt_0_1), has_pieces, whole; [exact I | | apply base_Gamma, A].
  intros x X; apply (gam_continuous a), pos_of, X.
Qed.

Lemma sandwich_beta (a b : R) :
  0 < a -> 0 < b ->
  int (over_interval (open 0 1)) (fun x => rpow x (a - 1) * rpow (1 - x) (b - 1)) (Gamma a * Gamma b / Gamma (a + b)).
Proof.
  intros A B; apply (over_ext _ (bet a b)).
  - intros x X; simpl in X; unfold bet; rewrite !rpow_positive by lra; reflexivity.
  - apply (over_inhabited (open 0 1) _ _ (1 / 2)); [simpl; lra |].
    apply has_pieces, whole; [exact lt01 | intros x X; apply (bet_cont a b), in01, X |].
    rewrite <- beta_gamma by assumption; apply base_Beta; assumption.
Qed.

Definition sandwich : integrals := {|
  over := over_interval; nats := series; over_mem := over_interval_mem; nats_mem := fun x => iff_refl (inat x);
  split_law := sandwich_split; ftc_law := sandwich_ftc; subst_law := sandwich_subst; zero_law := sandwich_zero;
  shift_law := sums_shift; telescope_law := sums_telescope; exp_law := sums_exp;
  gamma_law := sandwich_gamma; beta_law := sandwich_beta
|}.
